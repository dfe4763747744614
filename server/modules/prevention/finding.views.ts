import { sql } from 'kysely';
import type { z } from 'zod';
import type { findingDetail, findingItem, findingQuery } from '../../../contract/prevention.ts';
import type { Db } from '../../kernel/db.ts';
import { attachmentsOf } from '../../kernel/files.ts';
import { isDayKey, pageOf, readPlace } from '../../kernel/page.ts';
import { addDays, type Day, dayOf } from '../../kernel/time.ts';
import { decideFinding, type FindingCommand, inTime } from './finding.rules.ts';
import { findFinding, findingOf } from './finding.store.ts';
import type { PreventionTables } from './tables.ts';

type Item = z.output<typeof findingItem>;
type Query = z.output<typeof findingQuery>;
type Raw = Omit<Item, 'foundAt' | 'late'> & { foundAt: Date; mendedAt: Date | null };

const columns = sql`f.id, f.number, f.version, c.id as "elevatorId", v.rescue_code as "rescueCode", v.address, f.category,
  f.severity, f.description, i.name as insurer, f.owner_kind as "ownerKind", o.name as owner, f.found_at as "foundAt",
  f.mended_at as "mendedAt", f.due_on::text as "dueOn", f.state, f.returned, f.was_late as "wasLate"`;
// The file of an elevator stands in another scope: where the reader does not see it, its id stays out.
const joined = sql`prevention.finding f join prevention.visit v on v.id = f.visit_id
  join identity.org_card i on i.id = f.insurer_org_id left join identity.org_card o on o.id = f.owner_org_id
  left join registry.elevator_card c on c.id = f.elevator_id`;

const itemOf = ({ foundAt, mendedAt, ...row }: Raw, now: Date): Item => ({
  ...row,
  foundAt: foundAt.toISOString(),
  late: row.state !== 'withdrawn' && !inTime({ dueOn: row.dueOn as Day, mendedAt }, now),
});

/** Findings as far as the viewer sees them: what must be mended first on top, what is ended by its end. */
export async function listFindings(db: Db<PreventionTables>, { show, after, limit }: Query, now: Date) {
  const today = dayOf(now);
  const which = {
    open: sql`f.state = 'open'`,
    late: sql`f.state = 'open' and f.due_on < ${today}::date`,
    mended: sql`f.state = 'mended'`,
    ended: sql`f.ended_at is not null`,
    all: sql`f.ended_at is null`,
  }[show ?? 'all'];
  const place = readPlace(after, isDayKey);
  const { rows } = await sql<Raw>`select ${columns} from ${joined} where ${which}
      ${place ? sql`and (f.due_on, f.id) > (${place.key}::date, ${place.id}::uuid)` : sql``}
    order by f.due_on, f.id limit ${limit + 1}`.execute(db);
  return pageOf(rows, limit, { place: ({ dueOn, id }) => ({ key: dueOn, id }), item: (row) => itemOf(row, now) });
}

type Detail = z.output<typeof findingDetail>;
type StepRow = { id: string; at: Date; step: string; org: string | null; note: string };

/** One finding with every step and what the viewer may do with it; undefined when it is not seen. */
export async function showFinding(
  db: Db<PreventionTables>,
  id: string,
  { now, orgId }: { now: Date; orgId: string | null },
): Promise<Detail | undefined> {
  const stored = await findFinding(db, id);
  const { rows } = await sql<Raw & { visitNumber: string }>`select ${columns}, v.number as "visitNumber"
    from ${joined} where f.id = ${id}`.execute(db);
  const row = rows[0];
  if (!stored || !row) return undefined;
  const { visitNumber, ...raw } = row;
  const { rows: steps } = await sql<StepRow>`select s.id, s.at, s.step, g.name as org, s.note
    from prevention.finding_step s left join identity.org_card g on g.id = s.org_id
    where s.finding_id = ${id} order by s.at, s.id`.execute(db);
  const ids = steps.map((s) => s.id);
  const files = await attachmentsOf(db, ids);
  return {
    ...itemOf(raw, now),
    visitNumber,
    can: canOf((command) => decideFinding(findingOf(stored), command, { orgId, now }), dayOf(now)),
    steps: steps.map((step) => ({
      at: step.at.toISOString(),
      step: step.step,
      org: step.org,
      note: step.note,
      files: files
        .filter((f) => f.subject === step.id)
        .map(({ id: fileId, name, mediaType }) => ({ id: fileId, name, mediaType })),
    })),
  };
}

/** What may be done now, asked of the same decision that will decide then. */
function canOf(
  decide: (command: FindingCommand) => { ok: true } | { ok: false; refusal: { code: string } },
  today: Day,
): Detail['can'] {
  const dueOn = addDays(today, 7);
  const commands: readonly FindingCommand[] = [
    { do: 'mend', note: '-', files: 1 },
    { do: 'close', note: '-' },
    { do: 'return', note: '-', dueOn },
    { do: 'extend', note: '-', dueOn },
    { do: 'withdraw', note: '-' },
  ];
  return Object.fromEntries(
    commands.map((command) => {
      const decided = decide(command);
      return [command.do, decided.ok ? true : decided.refusal];
    }),
  );
}
