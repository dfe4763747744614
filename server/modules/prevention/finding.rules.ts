import { accept, never, type Result, refuse } from '../../kernel/result.ts';
import { addDays, type Day, dayOf, secondsBetween, startOf } from '../../kernel/time.ts';

/** Something an insurer found wrong, from the day it was seen to the day it is gone. */
export type Finding = {
  state: FindingState;
  severity: Severity;
  insurerOrgId: string;
  ownerOrgId: string | null;
  useOrgId: string | null; // answers beside the owner: the use unit keeps the duty whoever mends (不能以保代管)
  dueOn: Day;
  mendedAt: Date | null;
  returned: number;
  wasLate: boolean; // late before its day was moved: it stays so, whoever moved it
};
export type FindingState = 'open' | 'mended' | 'closed' | 'withdrawn';
export const SEVERITIES = ['general', 'serious', 'urgent'] as const;
export type Severity = (typeof SEVERITIES)[number];

export type FindingCommand =
  | { do: 'mend'; note: string; files: number } // by who must mend it
  | { do: 'close'; note: string } // the insurer looked again: it is gone
  | { do: 'return'; note: string; dueOn: Day } // or it is not
  | { do: 'extend'; note: string; dueOn: Day }
  | { do: 'withdraw'; note: string };

export type FindingRefusal =
  | { code: 'prevention.finding_state'; state: FindingState; command: FindingCommand['do'] }
  | { code: 'prevention.finding_not_owner' }
  | { code: 'prevention.finding_not_insurer' }
  | { code: 'prevention.finding_evidence' }
  | { code: 'prevention.finding_note' }
  | { code: 'prevention.finding_due'; dueOn: string; earliest: Day };

const ALLOWED: Readonly<Record<FindingCommand['do'], readonly FindingState[]>> = {
  mend: ['open'],
  close: ['mended'],
  return: ['mended'],
  extend: ['open'],
  withdraw: ['open', 'mended'],
};

/**
 * Decide what a command does to a finding. Who must mend it says so with a photo or a paper; only the insurer, who
 * found it, may say that it is gone, and never without the other's word first.
 */
export function decideFinding(
  finding: Finding,
  command: FindingCommand,
  { orgId, now }: { orgId: string | null; now: Date },
): Result<Finding, FindingRefusal> {
  if (!ALLOWED[command.do].includes(finding.state))
    return refuse({ code: 'prevention.finding_state', state: finding.state, command: command.do });
  if (command.do === 'mend') {
    if (orgId === null || (orgId !== finding.ownerOrgId && orgId !== finding.useOrgId))
      return refuse({ code: 'prevention.finding_not_owner' });
    if (command.files === 0) return refuse({ code: 'prevention.finding_evidence' });
  } else if (orgId !== finding.insurerOrgId) return refuse({ code: 'prevention.finding_not_insurer' });
  if (command.do !== 'close' && command.note.trim() === '') return refuse({ code: 'prevention.finding_note' });
  return changed(finding, command, now);
}

function changed(finding: Finding, command: FindingCommand, now: Date): Result<Finding, FindingRefusal> {
  switch (command.do) {
    case 'mend':
      return accept({ ...finding, state: 'mended', mendedAt: now });
    case 'close':
      return accept({ ...finding, state: 'closed' });
    case 'withdraw':
      return accept({ ...finding, state: 'withdrawn' });
    case 'return':
    case 'extend': {
      const earliest = addDays(dayOf(now), 1);
      if (command.dueOn < earliest) return refuse({ code: 'prevention.finding_due', dueOn: command.dueOn, earliest });
      const again = command.do === 'return';
      return accept({
        ...finding,
        state: 'open',
        dueOn: command.dueOn,
        mendedAt: again ? null : finding.mendedAt,
        returned: finding.returned + (again ? 1 : 0),
        wasLate: finding.wasLate || !inTime(finding, now),
      });
    }
    default:
      return never(command);
  }
}

/** The day by which it must be mended: the day it was found is not counted. */
export const dueDay = (severity: Severity, foundAt: Date, days: Readonly<Record<Severity, number>>): Day =>
  addDays(dayOf(foundAt), days[severity]);

export type Reminding = { before: number; every: number }; // days

/**
 * What is said of an open finding on a day: that its last day is near (once), that it is over (the day after, and again
 * every so many days), or nothing.
 */
export function reminderOn(today: Day, dueOn: Day, { before, every }: Reminding): 'due_soon' | 'overdue' | null {
  const late = secondsBetween(startOf(dueOn), startOf(today)) / 86_400;
  if (late === -before && before > 0) return 'due_soon';
  return late >= 1 && (late - 1) % every === 0 ? 'overdue' : null;
}

/** Mended by the end of its last day? What was mended late stays late; what is still open is late once the day is over. */
export const inTime = (finding: Pick<Finding, 'dueOn' | 'mendedAt'>, now: Date): boolean =>
  dayOf(finding.mendedAt ?? now) <= finding.dueOn;
