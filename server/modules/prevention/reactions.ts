import type { Tx } from '../../kernel/db.ts';
import { derivedId } from '../../kernel/ids.ts';
import type { Reactions } from '../../kernel/module.ts';
import { type Notice, notify } from '../../kernel/notify.ts';
import type { PreventionDeps } from './deps.ts';
import { readFindingOpened } from './events.ts';
import { OWNERS } from './roles.ts';

/** What prevention does when its own news arrives: people are told outside the surveyor's transaction and scope. */
export const preventionReactions = ({ now }: Pick<PreventionDeps, 'now'>): Reactions => ({
  'prevention.finding_opened': (tx, event) => tellOwner(tx, now(), event),
});

/** Who must mend it hears at once; offices hear of what is urgent. */
async function tellOwner(tx: Tx<unknown>, at: Date, raw: unknown): Promise<void> {
  const { data } = readFindingOpened(raw);
  const link = `/prevention/findings?open=${data.findingId}`;
  const params = { number: data.number, dueOn: data.dueOn };
  const notice = (
    code: string,
    roles: readonly string[],
    audience: { areaCodes: string[]; orgIds: string[] },
  ): Notice => ({
    id: derivedId(code, data.findingId),
    at,
    to: { roles, audience },
    code,
    params,
    link,
  });
  const told: Notice[] = [];
  if (data.ownerOrgId)
    told.push(notice('prevention.notice.finding', OWNERS, { areaCodes: [], orgIds: [data.ownerOrgId] }));
  if (data.severity === 'urgent') {
    const areaCodes = [...data.areaCodes];
    told.push(notice('prevention.notice.urgent', ['district_regulator', 'street_office'], { areaCodes, orgIds: [] }));
  }
  await notify(tx, told);
}
