import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { Db, Tx } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { actAs, type Viewer } from '../../kernel/scope.ts';
import { staffMatches } from '../identity/index.ts';
import { claimsByUnit } from '../insurance/index.ts';
import type { MarketDeps } from './deps.ts';
import { openSeller } from './seller.service.ts';
import type { MarketTables, SalespersonRow, UnitFactRow } from './tables.ts';
import { afterRun, type District, findTies, type Losses, type Match, type Placement, type Tie } from './tie.rules.ts';

type Seller = Selectable<SalespersonRow>;
export type RunResult = { pairs: number; fresh: number; risen: number };
const unitsRow = z.array(z.object({ unitId: z.string(), elevators: z.int() }));

/**
 * Look for ties over everything that is known, and keep what weighs enough for the work list. Runs as the owner, because
 * it compares what nobody may see together; what it writes only officials read.
 */
export async function runTies(deps: MarketDeps, actor: string): Promise<RunResult> {
  const sellers = await deps.db.selectFrom('market.salesperson').selectAll().execute();
  const facts = await deps.db.selectFrom('market.unit_fact').selectAll().execute();
  const placements = await readPlacements(deps.db);
  const ties = findTies(
    {
      placements,
      matches: [...(await staffOf(deps, sellers)), ...sameAccounts(sellers, facts)],
      known: facts.flatMap((f) =>
        f.salesperson_id && f.kind !== 'account'
          ? [{ salespersonId: f.salesperson_id, unitId: f.org_id, kind: f.kind, shareBp: f.share_bp }]
          : [],
      ),
      losses: await lossesOf(deps.db, placements),
      districts: await districtsOf(deps.db),
    },
    deps.settings.ties,
  );
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, actor);
    const result = { pairs: ties.length, fresh: 0, risen: 0 };
    for (const tie of ties) {
      const seller = sellers.find((s) => s.id === tie.salespersonId);
      if (!seller) continue;
      const kept = await keepTie(tx, { deps, tie, seller, placements });
      if (kept === 'fresh') result.fresh += 1;
      if (kept === 'risen') result.risen += 1;
    }
    return result;
  });
}

type Placed = Placement & { policyId: string };

async function readPlacements(db: Db<MarketTables>): Promise<readonly Placed[]> {
  const rows = await db.selectFrom('market.placement').selectAll().orderBy('id').execute();
  return rows.map((p) => ({
    policyId: p.policy_id,
    salespersonId: p.salesperson_id,
    holderId: p.holder_org_id,
    districts: [...new Set(p.area_codes.map((c) => c.slice(0, 6)))],
    units: unitsRow.parse(p.units),
  }));
}

async function staffOf(deps: MarketDeps, sellers: readonly Seller[]): Promise<readonly Match[]> {
  const sought = sellers.map((s) => ({ ref: s.id, ...openSeller(deps, s) }));
  const found = await staffMatches({ db: deps.db, secret: deps.secret }, sought, 'maintenance_unit');
  return found.map(({ ref, orgId, by, sharedBy }) => ({
    salespersonId: ref,
    unitId: orgId,
    by,
    sharedBy: sharedBy + 1,
  }));
}

function sameAccounts(sellers: readonly Seller[], facts: readonly UnitFactRow[]): readonly Match[] {
  return facts.flatMap((fact) => {
    if (fact.account_key === null) return [];
    const same = sellers.filter((s) => s.account_key === fact.account_key);
    const sharedBy = Math.max(1, same.length - 1 + facts.filter((f) => f.account_key === fact.account_key).length - 1);
    return same.map((s): Match => ({ salespersonId: s.id, unitId: fact.org_id, by: 'account', sharedBy }));
  });
}

async function lossesOf(db: Db<MarketTables>, placements: readonly Placed[]): Promise<readonly Losses[]> {
  const claims = await claimsByUnit(
    db,
    placements.map((p) => p.policyId),
  );
  const pairs = new Map<string, Losses>();
  for (const placement of placements)
    for (const { unitId, elevators } of placement.units) {
      const key = `${placement.salespersonId}/${unitId}`;
      const own = claims.find((c) => c.policyId === placement.policyId && c.unitId === unitId)?.claims ?? 0;
      const was = pairs.get(key) ?? { salespersonId: placement.salespersonId, unitId, elevators: 0, claims: 0 };
      pairs.set(key, { ...was, elevators: was.elevators + elevators, claims: was.claims + own });
    }
  return [...pairs.values()];
}

/** Whom each district's elevators stand with: what chance would bring. */
async function districtsOf(db: Db<MarketTables>): Promise<readonly District[]> {
  const { rows } =
    await sql<District>`select district_code as district, maintenance_org_id as "unitId", count(*)::int as elevators
    from registry.elevator_card where state = 'in_use' and maintenance_org_id is not null and district_code is not null
    group by 1, 2`.execute(db);
  return rows;
}

type Keeping = { deps: MarketDeps; tie: Tie; seller: Seller; placements: readonly Placed[] };

async function keepTie(
  tx: Tx<MarketTables>,
  { deps, tie, seller, placements }: Keeping,
): Promise<'fresh' | 'risen' | 'same'> {
  const now = deps.now();
  const was = await tx
    .selectFrom('market.tie')
    .selectAll()
    .where('salesperson_id', '=', tie.salespersonId)
    .where('unit_org_id', '=', tie.unitId as OrgId)
    .executeTakeFirst();
  const seen = { bits: tie.bits, motifs: JSON.stringify(tie.motifs), method: deps.settings.ties.method, seen_at: now };
  if (was) {
    const state = afterRun({ state: was.state, decidedBits: was.decided_bits }, tie.bits);
    const reopened = state === 'open' && was.state !== 'open';
    await tx
      .updateTable('market.tie')
      .set({ ...seen, state, ...(reopened ? { decided_at: null, version: was.version + 1 } : {}) })
      .where('id', '=', was.id)
      .execute();
    return reopened ? 'risen' : 'same';
  }
  const areas = placements.filter((p) => p.salespersonId === seller.id).flatMap((p) => p.districts);
  await tx
    .insertInto('market.tie')
    .values({
      id: deps.newId(),
      salesperson_id: seller.id,
      insurer_org_id: seller.insurer_org_id,
      unit_org_id: tie.unitId as OrgId,
      ...seen,
      found_at: now,
      state: 'open',
      decided_bits: null,
      decided_at: null,
      decided_by: null,
      reason: '',
      area_codes: [...new Set([...seller.area_codes, ...areas])],
      org_ids: [],
    })
    .execute();
  return 'fresh';
}

export type TieRefusal =
  | { code: 'market.tie_not_found' }
  | { code: 'market.changed_meanwhile' }
  | { code: 'market.tie_same' };

/** An official says what a tie is, and why. It can be said anew; every saying stays in the audit. */
export const decideTie = (
  deps: MarketDeps,
  viewer: Viewer,
  said: { id: string; version: number; state: 'watched' | 'cleared' | 'confirmed'; reason: string },
): Promise<Result<{ id: string; state: typeof said.state; version: number }, TieRefusal>> =>
  deps.scoped(
    viewer,
    async (tx): Promise<Result<{ id: string; state: typeof said.state; version: number }, TieRefusal>> => {
      const tie = await tx
        .selectFrom('market.tie')
        .selectAll()
        .where('id', '=', said.id)
        .forUpdate()
        .executeTakeFirst();
      if (!tie) return refuse({ code: 'market.tie_not_found' });
      if (tie.version !== said.version) return refuse({ code: 'market.changed_meanwhile' });
      if (tie.state === said.state) return refuse({ code: 'market.tie_same' });
      await tx
        .updateTable('market.tie')
        .set({
          state: said.state,
          reason: said.reason,
          decided_at: deps.now(),
          decided_by: viewer.accountId,
          decided_bits: tie.bits,
          version: tie.version + 1,
        })
        .where('id', '=', said.id)
        .execute();
      return accept({ id: said.id, state: said.state, version: tie.version + 1 });
    },
  );
