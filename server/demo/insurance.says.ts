import type { OrgId } from '../kernel/ids.ts';
import { plainOf } from '../kernel/packs.ts';
import { invariant, type Result } from '../kernel/result.ts';
import { scopedOn, type Viewer } from '../kernel/scope.ts';
import type { InsuranceDeps } from '../modules/insurance/deps.ts';
import type { InsuranceTables } from '../modules/insurance/tables.ts';
import type { DemoWorld } from './seed.ts';

/** A person of an organisation of the demo. */
export function viewerOf(org: OrgId, role: string, { kernel, cast }: DemoWorld): Viewer {
  return {
    accountId: kernel.newId() as Viewer['accountId'],
    personId: null,
    orgId: org,
    role,
    displayName: cast.orgs.find((o) => o.id === org)?.name ?? '',
    scope: { all: false, areas: [], orgs: [org] },
    grants: [],
  };
}

/** What the demo's own services do, or the reason why the demo is wrong. */
export function sure<T, R extends { code: string }>(done: Result<T, R>): T {
  invariant(done.ok, `the demo's own insurance is in order: ${done.ok ? '' : done.refusal.code}`);
  return done.value;
}

/** The insurance of the demo, on a day that has passed. */
export function insuranceDepsOn({ kernel, pack }: DemoWorld, at: Date): InsuranceDeps {
  const db = kernel.db.withTables<InsuranceTables>();
  const payers = new Map(plainOf(pack.files.insurance).schemes.map((s) => [s.code, s.subsidisedPayers]));
  return {
    db,
    scoped: scopedOn(db),
    now: () => at,
    newId: kernel.newId,
    sharesCommission: plainOf(pack.files.insurance).poolCommission === 'by_share',
    subsidisedPayers: (code) => payers.get(code ?? '') ?? [],
  };
}
