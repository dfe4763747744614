import { sql } from 'kysely';
import { keepAct } from '../../kernel/audit.ts';
import type { Tx } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { accept, invariant, type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { dayOf } from '../../kernel/time.ts';
import { policyCard, unitsOfPolicy } from '../insurance/index.ts';
import type { MarketDeps } from './deps.ts';
import type { MarketTables } from './tables.ts';

const NAME = 'market.salesperson.name';
const PHONE = 'market.salesperson.phone';
const ACCOUNT = 'market.account';

export type NewSeller = {
  name: string;
  phone: string;
  account: string | null;
  licenceNo: string;
  fromOn: string;
  areas: readonly string[];
};
export type SellerRefusal =
  | { code: 'market.seller_not_found' }
  | { code: 'market.seller_known'; licenceNo: string }
  | { code: 'market.seller_left'; leftOn: string }
  | { code: 'market.changed_meanwhile' }
  | { code: 'market.policy_not_found' }
  | { code: 'market.policy_of_other' }
  | { code: 'market.placement_known' }
  | { code: 'market.placement_before'; fromOn: string };

/** An account as it is kept: a keyed hash to compare, four digits to recognise it, never the number. */
export const sealAccount = ({ secret }: Pick<MarketDeps, 'secret'>, account: string) => ({
  account_key: secret.lookup(ACCOUNT, account),
  account_tail: account.slice(-4),
});

/** Typed in two tabs at once it is one, and not a fault: one of a kind at a time, until the transaction ends. */
async function holdOne(tx: Tx<MarketTables>, what: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`market.${what}`}, 0))`.execute(tx);
}

/** Register a person who sells for the viewer's insurer. One licence, one person. */
export const registerSeller = (
  deps: MarketDeps,
  viewer: Viewer,
  seller: NewSeller,
): Promise<Result<{ salespersonId: string }, SellerRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ salespersonId: string }, SellerRefusal>> => {
    invariant(viewer.orgId, 'an underwriter belongs to an insurer');
    await holdOne(tx, `licence ${viewer.orgId} ${seller.licenceNo}`);
    const known = await tx
      .selectFrom('market.salesperson')
      .select('id')
      .where('insurer_org_id', '=', viewer.orgId)
      .where('licence_no', '=', seller.licenceNo)
      .executeTakeFirst();
    if (known) return refuse({ code: 'market.seller_known', licenceNo: seller.licenceNo });
    const id = deps.newId();
    const account = seller.account ? sealAccount(deps, seller.account) : { account_key: null, account_tail: '' };
    await tx
      .insertInto('market.salesperson')
      .values({
        id,
        insurer_org_id: viewer.orgId,
        name: deps.secret.seal(NAME, seller.name),
        name_key: deps.secret.lookup(NAME, seller.name),
        phone: deps.secret.seal(PHONE, seller.phone),
        phone_key: deps.secret.lookup(PHONE, seller.phone),
        ...account,
        licence_no: seller.licenceNo,
        from_on: seller.fromOn,
        left_on: null,
        area_codes: [...seller.areas],
        org_ids: [viewer.orgId],
      })
      .execute();
    return accept({ salespersonId: id });
  });

/** He no longer sells. What he placed stays. */
export const endSeller = (
  deps: MarketDeps,
  viewer: Viewer,
  { id, version, leftOn }: { id: string; version: number; leftOn: string },
): Promise<Result<{ salespersonId: string }, SellerRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ salespersonId: string }, SellerRefusal>> => {
    const seller = await tx.selectFrom('market.salesperson').selectAll().where('id', '=', id).executeTakeFirst();
    if (!seller || seller.insurer_org_id !== viewer.orgId) return refuse({ code: 'market.seller_not_found' });
    if (seller.left_on) return refuse({ code: 'market.seller_left', leftOn: seller.left_on });
    if (seller.version !== version) return refuse({ code: 'market.changed_meanwhile' });
    await tx
      .updateTable('market.salesperson')
      .set({ left_on: leftOn, version: version + 1 })
      .where('id', '=', id)
      .execute();
    return accept({ salespersonId: id });
  });

/** Name and phone in plain, for a reason that the audit keeps. */
export const unmaskSeller = (
  deps: MarketDeps,
  viewer: Viewer,
  { id, reason }: { id: string; reason: string },
): Promise<Result<{ name: string; phone: string }, SellerRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ name: string; phone: string }, SellerRefusal>> => {
    const seller = await tx.selectFrom('market.salesperson').selectAll().where('id', '=', id).executeTakeFirst();
    if (!seller) return refuse({ code: 'market.seller_not_found' });
    await keepAct(tx, { action: 'unmask', object: 'market.salesperson', rowId: id, after: { reason } });
    return accept(openSeller(deps, seller));
  });

/** The plain name and phone of a stored seller. */
export const openSeller = (
  { secret }: Pick<MarketDeps, 'secret'>,
  { name, phone }: { name: string; phone: string },
): { name: string; phone: string } => ({ name: secret.open(NAME, name), phone: secret.open(PHONE, phone) });

/** Who placed a policy, once a policy, with the units that maintained its elevators on that day. */
export async function recordPlacement(
  deps: MarketDeps,
  viewer: Viewer,
  placed: { salespersonId: string; policyId: string; on: string },
): Promise<Result<{ placementId: string }, SellerRefusal>> {
  const units = await unitsOfPolicy(deps.db, placed.policyId);
  return deps.scoped(viewer, async (tx): Promise<Result<{ placementId: string }, SellerRefusal>> => {
    const policy = await policyCard(tx, placed.policyId);
    if (!policy) return refuse({ code: 'market.policy_not_found' });
    if (policy.leadOrgId !== viewer.orgId) return refuse({ code: 'market.policy_of_other' });
    const seller = await tx
      .selectFrom('market.salesperson')
      .selectAll()
      .where('id', '=', placed.salespersonId)
      .executeTakeFirst();
    if (!seller) return refuse({ code: 'market.seller_not_found' });
    if (seller.left_on && seller.left_on < placed.on)
      return refuse({ code: 'market.seller_left', leftOn: seller.left_on });
    if (placed.on < seller.from_on) return refuse({ code: 'market.placement_before', fromOn: seller.from_on });
    await holdOne(tx, `placement ${placed.policyId}`);
    const known = await tx
      .selectFrom('market.placement')
      .select(['id', 'salesperson_id'])
      .where('policy_id', '=', placed.policyId)
      .executeTakeFirst();
    if (known)
      return known.salesperson_id === seller.id
        ? accept({ placementId: known.id })
        : refuse({ code: 'market.placement_known' });
    const id = deps.newId();
    await tx
      .insertInto('market.placement')
      .values({
        id,
        salesperson_id: seller.id,
        insurer_org_id: policy.leadOrgId,
        policy_id: placed.policyId,
        holder_org_id: policy.holderOrgId,
        on_day: placed.on,
        units: JSON.stringify(units),
        area_codes: policy.areaCodes,
        org_ids: [policy.leadOrgId],
      })
      .execute();
    return accept({ placementId: id });
  });
}

export type UnitFact = { orgId: OrgId; source: string; on: string } & (
  | { kind: 'account'; account: string }
  | { kind: 'shareholding'; salespersonId: string; shareBp: number }
  | { kind: 'employment'; salespersonId: string }
);
export type FactRefusal = { code: 'market.unit_not_found' } | { code: 'market.seller_not_found' };

/** What an office learned of a maintenance unit from a register or a report, with where it stands. */
export const recordFact = (
  deps: MarketDeps,
  viewer: Viewer,
  fact: UnitFact,
): Promise<Result<{ factId: string }, FactRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ factId: string }, FactRefusal>> => {
    const unit = await tx
      .selectFrom('identity.org_card')
      .select('kinds')
      .where('id', '=', fact.orgId)
      .executeTakeFirst();
    if (!unit?.kinds.includes('maintenance_unit')) return refuse({ code: 'market.unit_not_found' });
    const salespersonId = fact.kind === 'account' ? null : fact.salespersonId;
    if (salespersonId) {
      const seller = await tx
        .selectFrom('market.salesperson')
        .select('id')
        .where('id', '=', salespersonId)
        .executeTakeFirst();
      if (!seller) return refuse({ code: 'market.seller_not_found' });
    }
    const id = deps.newId();
    const now = deps.now();
    await tx
      .insertInto('market.unit_fact')
      .values({
        id,
        org_id: fact.orgId,
        kind: fact.kind,
        salesperson_id: salespersonId,
        ...(fact.kind === 'account' ? sealAccount(deps, fact.account) : { account_key: null, account_tail: '' }),
        share_bp: fact.kind === 'shareholding' ? fact.shareBp : null,
        source: fact.source,
        as_of_on: fact.on > dayOf(now) ? dayOf(now) : fact.on,
        actor: viewer.accountId,
        recorded_at: now,
        area_codes: [...viewer.scope.areas],
        org_ids: viewer.orgId ? [viewer.orgId] : [],
      })
      .execute();
    return accept({ factId: id });
  });
