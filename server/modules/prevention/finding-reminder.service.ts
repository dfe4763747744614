import { derivedId } from '../../kernel/ids.ts';
import type { Tasks } from '../../kernel/jobs.ts';
import { type Notice, notify } from '../../kernel/notify.ts';
import { type Day, dayOf } from '../../kernel/time.ts';
import type { PreventionDeps } from './deps.ts';
import { reminderOn } from './finding.rules.ts';
import { OWNERS, SURVEYORS } from './roles.ts';

type Deps = Pick<PreventionDeps, 'db' | 'now' | 'settings'>;

/** Every morning: open findings near their last day or past it. */
export const findingReminder = (deps: Deps): Tasks => ({
  'prevention.finding_reminder': {
    cron: '0 1 * * *', // 09:00 in the city
    run: async () => void (await remindOfFindings(deps)),
  },
});

/** Who watches over the place. The city reads lists, it is not told of every finding. */
const PLACE = ['district_regulator', 'street_office'];

type Open = {
  id: string;
  number: string;
  due_on: string;
  address: string;
  owner_org_id: string | null;
  use_org_id: string | null;
  insurer_org_id: string;
  area_codes: string[];
};

/**
 * Remind who must mend; once the day is over also the use unit, the insurer that found it, and the offices of the place. A
 * second run of the same day says nothing twice. Answers with how many findings were spoken of.
 */
export async function remindOfFindings({ db, now, settings }: Deps): Promise<number> {
  const at = now();
  const today = dayOf(at);
  const { before, every } = settings.findingRemind;
  const open: readonly Open[] = await db
    .selectFrom('prevention.finding as f')
    .innerJoin('prevention.visit as v', 'v.id', 'f.visit_id')
    .select(['f.id', 'f.number', 'f.due_on', 'v.address', 'f.owner_org_id', 'v.use_org_id', 'f.insurer_org_id'])
    .select('f.area_codes')
    .where('f.state', '=', 'open')
    .orderBy('f.number')
    .execute();
  const told = open.flatMap((finding) => {
    const what = reminderOn(today, finding.due_on as Day, { before, every });
    return what === null ? [] : [noticesOf(finding, { what, at, today })];
  });
  await db.transaction().execute((tx) => notify(tx, told.flat()));
  return told.length;
}

function noticesOf(
  finding: Open,
  { what, at, today }: { what: 'due_soon' | 'overdue'; at: Date; today: Day },
): readonly Notice[] {
  const notice = (
    to: string,
    roles: readonly string[],
    { areaCodes = [], orgIds = [] }: { areaCodes?: readonly string[]; orgIds?: readonly string[] },
  ): Notice => ({
    id: derivedId('prevention.reminder', finding.id, today, to),
    at,
    to: { roles, audience: { areaCodes, orgIds } },
    code: `prevention.notice.${what}`,
    params: { number: finding.number, dueOn: finding.due_on, address: finding.address },
    link: `/prevention/findings?open=${finding.id}`,
  });
  const answerable = [finding.owner_org_id, ...(what === 'overdue' ? [finding.use_org_id] : [])];
  const orgIds = [...new Set(answerable.filter((id) => id !== null))];
  const owners = orgIds.length > 0 ? [notice('owner', OWNERS, { orgIds })] : [];
  if (what === 'due_soon') return owners;
  return [
    ...owners,
    notice('insurer', SURVEYORS, { orgIds: [finding.insurer_org_id] }),
    notice('office', PLACE, { areaCodes: finding.area_codes }),
  ];
}
