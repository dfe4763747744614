import { z } from 'zod';
import type { Db } from '../../../kernel/db.ts';
import type { ElevatorId } from '../../../kernel/ids.ts';
import { sum } from '../../../kernel/money.ts';
import type { Day } from '../../../kernel/time.ts';
import { arrivedFor } from '../money/ledger.store.ts';
import type { InsuranceTables } from '../tables.ts';
import { documentsOf, memberNames } from './document.store.ts';
import { viewPolicyFunding } from './funding.views.ts';
import { viewInstalments } from './instalment.views.ts';
import { policyLines } from './line.views.ts';
import { leavesOn } from './policy.rules.ts';
import { policiesFor } from './policy.store.ts';
import { viewSettlements } from './settlement.views.ts';

const MOST_LINES = 500;
const parts = z.array(z.object({ payer: z.string(), amount: z.int() }));
const replayed = z.array(z.object({ no: z.int(), before: z.int(), after: z.int() }));
/** What of an endorsement's change is shown: how many elevators, why it ended. */
const change = z.looseObject({
  act: z.looseObject({
    elevators: z.array(z.unknown()).optional(),
    elevatorIds: z.array(z.unknown()).optional(),
  }),
  reason: z.string().nullish(),
  reasonCode: z.string().nullish(),
});

type Asking = { today: Day; purseOf: (schemeCode: string | null) => readonly string[] };

/** A policy whole; undefined when it is not seen. `purseOf`: whose parts the public purse pays. */
export async function viewPolicy(db: Db<InsuranceTables>, id: string, { today, purseOf }: Asking) {
  const [policy] = await policiesFor(db, [id]);
  if (!policy) return undefined;
  const row = await headOf(db, id);
  const paid = (await arrivedFor(db, [id])).get(id) ?? [];
  const { items: lines } = await policyLines(db, id, { limit: MOST_LINES });
  return {
    id,
    number: policy.number,
    state: policy.state,
    kind: policy.kind,
    product: row.product,
    scheme: row.scheme,
    filingNo: row.filing_no,
    tariffVersion: row.tariff_version,
    holderOrgId: policy.holderOrgId,
    holder: row.holder,
    agent: row.agent,
    members: await memberNames(db, policy.members),
    from: policy.from,
    to: policy.to,
    elsewhere: row.elsewhere,
    confirmedAt: row.confirmed_at?.toISOString() ?? null,
    issuedAt: row.issued_at?.toISOString() ?? null,
    endedOn: policy.endedOn,
    leavesOn: leavesOn(policy, today),
    endReason: row.end_reason,
    premium: policy.premium,
    quoteId: row.seen_quote_id,
    renewedFrom: row.seen_renewed_from,
    owed: policy.owed.map(({ payer, amount }) => ({
      payer,
      amount,
      arrived: sum(paid.filter((a) => a.payer === payer).map((a) => a.amount)),
    })),
    kept: parts.parse(row.kept),
    funding: await viewPolicyFunding(db, { id, productId: policy.productId, purse: purseOf(policy.schemeCode) }),
    instalments: await viewInstalments(db, policy, today),
    elevators: row.elevators ?? 0,
    lines,
    endorsements: await endorsementsOf(db, id),
    documents: await documentsOf(db, id),
    settlements: await viewSettlements(db, id),
  };
}

const headOf = (db: Db<InsuranceTables>, id: string) =>
  db
    .selectFrom('insurance.policy as p')
    .leftJoin('insurance.product as d', 'd.id', 'p.product_id')
    .leftJoin('insurance.scheme as s', 's.id', 'd.scheme_id')
    .leftJoin('insurance.tariff as t', 't.id', 'p.tariff_id')
    .innerJoin('identity.org_card as h', 'h.id', 'p.holder_org_id')
    .leftJoin('identity.org_card as a', 'a.id', 'p.agent_org_id')
    .leftJoin('insurance.quote as q', 'q.id', 'p.quote_id') // a matter between its parties: absent for a district
    .leftJoin('insurance.policy as before', 'before.id', 'p.renewed_from')
    .selectAll('p')
    .select(['q.id as seen_quote_id', 'before.id as seen_renewed_from'])
    .select(['d.name as product', 's.name as scheme', 't.filing_no', 't.version as tariff_version'])
    .select(['h.name as holder', 'a.name as agent'])
    .select((eb) =>
      eb
        .selectFrom('insurance.policy_line as l')
        .select((l) => l.fn.count<number>('l.elevator_id').distinct().as('n'))
        .whereRef('l.policy_id', '=', 'p.id')
        .as('elevators'),
    )
    .where('p.id', '=', id)
    .executeTakeFirstOrThrow();

async function endorsementsOf(db: Db<InsuranceTables>, policyId: string) {
  const rows = await db
    .selectFrom('insurance.endorsement')
    .selectAll()
    .where('policy_id', '=', policyId)
    .orderBy('no', 'desc')
    .execute();
  return rows.map((e) => {
    const { act, reason, reasonCode } = change.parse(e.change);
    return {
      id: e.id,
      no: e.no,
      kind: e.kind,
      on: e.effective_on,
      state: e.state,
      delta: e.delta,
      owed: parts.parse(e.owed),
      replayed: replayed.parse(e.replayed),
      recordedAt: e.recorded_at.toISOString(),
      reason: e.reason,
      endReason: reason ?? null,
      reasonCode: reasonCode ?? null,
      note: e.note,
      elevators: (act.elevators ?? act.elevatorIds ?? []).length,
    };
  });
}

/** What an elevator is and was covered by, the newest first, as far as the viewer sees the policies. */
export async function coverOf(db: Db<InsuranceTables>, elevatorId: ElevatorId, today: string) {
  const rows = await db
    .selectFrom('insurance.policy_line as l')
    .innerJoin('insurance.policy as p', 'p.id', 'l.policy_id')
    .leftJoin('insurance.product as d', 'd.id', 'p.product_id')
    .innerJoin('identity.org_card as i', 'i.id', 'p.lead_org_id')
    .innerJoin('identity.org_card as h', 'h.id', 'p.holder_org_id')
    .select(['p.id', 'p.number', 'p.kind', 'p.state', 'p.elsewhere', 'p.confirmed_at', 'd.name as product'])
    .select(['i.name as lead', 'h.name as holder', 'l.from_on', 'l.to_on'])
    .where('l.elevator_id', '=', elevatorId)
    .orderBy('l.to_on', 'desc')
    .orderBy('l.from_on', 'desc')
    .limit(200)
    .execute();
  return rows.map((r) => ({
    policyId: r.id,
    number: r.number,
    kind: r.kind,
    product: r.product,
    lead: r.lead,
    holder: r.holder,
    state: r.state,
    elsewhere: r.elsewhere,
    confirmed: !r.elsewhere || r.confirmed_at !== null,
    from: r.from_on,
    to: r.to_on,
    inForce: (r.state === 'issued' || r.state === 'cancelled') && r.from_on <= today && today <= r.to_on,
  }));
}
