import { sql } from 'kysely';
import type { z } from 'zod';
import type {
  authorityList,
  cleanRuleList,
  paymentList,
  paymentQuery,
} from '../../../../contract/insurance-claim-money.ts';
import type { Db } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { isInstantKey, pageOf, readPlace } from '../../../kernel/page.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import type { InsuranceTables } from '../tables.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { partiesOf } from './claim-party.store.ts';

type Asking = { viewer: Viewer; query: z.infer<typeof paymentQuery> };

/** Payments that the insurer's own people order, let go and see arrive; those that wait longest first. */
export async function listPayments(
  db: Db<InsuranceTables>,
  deps: Pick<ClaimDeps, 'secret'>,
  { viewer, query }: Asking,
): Promise<z.infer<typeof paymentList>> {
  if (!viewer.orgId) return { items: [], next: null };
  const rows = await paymentRows(db, viewer.orgId, query);
  const parties = await partiesOf(db, deps.secret, [...new Set(rows.map((r) => r.claim_id))]);
  const item = (r: (typeof rows)[number]) => {
    const party = parties.find((one) => one.id === r.party_id);
    return {
      id: r.id,
      claimId: r.claim_id,
      number: r.number,
      address: r.address,
      payee: party?.name ?? '',
      account: party?.account ?? null,
      payeeKind: r.payee_kind,
      amount: r.amount,
      kind: r.kind,
      state: r.state,
      byRule: r.proposed_by.startsWith('rule:'),
      proposedAt: r.proposed_at.toISOString(),
      orderedAt: r.ordered_at?.toISOString() ?? null,
      completeAt: r.complete_at?.toISOString() ?? null,
      paidAt: r.paid_at?.toISOString() ?? null,
      returnedAt: r.returned_at?.toISOString() ?? null,
      returnedReason: r.returned_reason ?? '',
    };
  };
  return pageOf(rows, query.limit, {
    place: (r) => ({ key: r.proposed_at.toISOString(), id: r.id }),
    item,
  });
}

/** One row more than asked, where there is one. */
function paymentRows(db: Db<InsuranceTables>, leadOrgId: OrgId, query: Asking['query']) {
  let asked = db
    .selectFrom('insurance.claim_payment as p')
    .innerJoin('insurance.claim as c', 'c.id', 'p.claim_id')
    .selectAll('p')
    .select(['c.number', sql<string>`c.place ->> 'address'`.as('address')])
    .where('p.lead_org_id', '=', leadOrgId);
  if (query.state) asked = asked.where('p.state', '=', query.state);
  const newestFirst = query.state === 'paid' || query.state === 'returned' || !query.state;
  const place = readPlace(query.after, isInstantKey);
  const [than, way] = newestFirst ? ([sql.raw('<'), 'desc'] as const) : ([sql.raw('>'), 'asc'] as const);
  return asked
    .$if(place !== null, (q) =>
      q.where(sql<boolean>`(p.proposed_at, p.id) ${than} (${place?.key}::timestamptz, ${place?.id}::uuid)`),
    )
    .orderBy('p.proposed_at', way)
    .orderBy('p.id', way)
    .limit(query.limit + 1)
    .execute();
}

/** The rules of the viewer's own house. */
export async function listCleanRules(
  db: Db<InsuranceTables>,
  viewer: Viewer,
): Promise<z.infer<typeof cleanRuleList>['items']> {
  if (!viewer.orgId) return [];
  const rows = await db
    .selectFrom('insurance.clean_rule')
    .selectAll()
    .where('lead_org_id', '=', viewer.orgId)
    .orderBy('approved_at', 'desc')
    .limit(50)
    .execute();
  return rows.map((r) => ({
    id: r.id,
    mostPerHead: r.most_per_head,
    mostHeads: r.most_heads,
    approvedBy: r.approved_by,
    approvedAt: r.approved_at.toISOString(),
    releaseLimit: r.release_limit,
    releaseBy: r.release_by,
    withdrawnAt: r.withdrawn_at?.toISOString() ?? null,
    mine: r.approved_by === viewer.accountId,
  }));
}

/** What was last set for each role. */
export async function listAuthorities(
  db: Db<InsuranceTables>,
  viewer: Viewer,
): Promise<z.infer<typeof authorityList>['items']> {
  if (!viewer.orgId) return [];
  const rows = await db
    .selectFrom('insurance.claim_authority')
    .distinctOn('role')
    .select(['role', 'amount', 'set_at'])
    .where('lead_org_id', '=', viewer.orgId)
    .orderBy('role')
    .orderBy('set_at', 'desc')
    .execute();
  return rows.map((r) => ({ role: r.role, amount: r.amount, setAt: r.set_at.toISOString() }));
}
