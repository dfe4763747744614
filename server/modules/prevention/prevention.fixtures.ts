import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { Db } from '../../kernel/db.ts';
import { type AccountId, type ElevatorId, newId, type OrgId } from '../../kernel/ids.ts';
import { plainOf } from '../../kernel/packs.ts';
import { NOTHING, scopedOn, type Viewer } from '../../kernel/scope.ts';
import type { PreventionDeps } from './deps.ts';
import { preventionPack } from './pack.ts';
import type { PreventionTables } from './tables.ts';
import type { VisitReport } from './visit.service.ts';

/** The module's means on a test database, with a clock that the test moves. */
export function preventionDeps(db: Db<PreventionTables>): { deps: PreventionDeps; pass: (days: number) => void } {
  let now = new Date('2026-11-21T02:00:00Z');
  const file: unknown = JSON.parse(readFileSync('packs/000000-national/prevention.json', 'utf8'));
  const settings = plainOf(preventionPack.parse(file));
  const calendar = { holidays: new Set<never>(), workdays: new Set<never>() };
  return {
    deps: { db, scoped: scopedOn(db), now: () => now, newId, calendar, settings, leastAnswers: 2 },
    pass: (days) => (now = new Date(now.getTime() + days * 86_400_000)),
  };
}

export const viewerIn = (role: string, orgId: OrgId | null, over: Partial<Viewer> = {}): Viewer => ({
  accountId: newId() as AccountId,
  personId: null,
  orgId,
  role,
  displayName: role,
  scope: { ...NOTHING, orgs: orgId ? [orgId] : [] },
  grants: [],
  ...over,
});

/** An organisation, as the identity module would keep it. */
export async function addOrg(db: Db<PreventionTables>, name: string, kind: string): Promise<OrgId> {
  const id = newId() as OrgId;
  await sql`insert into identity.org (id, name, name_key, kinds, area_codes, org_ids)
    values (${id}, ${name}, ${name}, ${[kind]}, ${['320205']}, ${[id]})`.execute(db);
  return id;
}

/** An elevator, as the registry would keep it. */
export async function addElevator(
  db: Db<PreventionTables>,
  given: { use: OrgId | null; maintenance: OrgId | null; rescueCode: string },
): Promise<ElevatorId> {
  const id = newId() as ElevatorId;
  const orgs = [given.use, given.maintenance].filter((o) => o !== null);
  await sql`insert into registry.elevator (id, kind, variety, state, state_at, source, address, district_code, lng, lat,
      rescue_code, use_org_id, maintenance_org_id, in_use_on, area_codes, org_ids)
    values (${id}, 'lift', 'traction_passenger', 'in_use', now(), 'test', '示例路 1 号', '320205', 120.3, 31.5,
      ${given.rescueCode}, ${given.use}, ${given.maintenance}, '2008-05-01', ${['320205']}, ${orgs})`.execute(db);
  return id;
}

/** An issued policy of an insurer over elevators, whose product promises two visits a year. */
export async function addPolicy(
  db: Db<PreventionTables>,
  given: { insurer: OrgId; holder: OrgId; elevators: readonly ElevatorId[]; premium?: number; promises?: unknown[] },
): Promise<string> {
  const [scheme, product, policy] = [newId(), newId(), newId()];
  const body = {
    coverages: [],
    promises: given.promises ?? [],
    service: [{ id: 'prevention_visit', name: '安保互动', perYear: 2 }],
  };
  await sql`insert into insurance.scheme (id, code, name, kind, market, basis, admission, source, verified, opened_on)
    values (${scheme}, ${scheme}, '示例方案', 'liability', 'open', 'voluntary', '{}', 'test', false, '2026-01-01')`.execute(
    db,
  );
  await sql`insert into insurance.product (id, scheme_id, code, version, name, filing_no, body, from_on, source, verified)
    values (${product}, ${scheme}, 'p', 1, '示例产品', '1', ${JSON.stringify(body)}::jsonb, '2026-01-01', 'test', false)`.execute(
    db,
  );
  const orgs = [given.insurer, given.holder];
  await sql`insert into insurance.policy (id, number, lead_org_id, product_id, holder_org_id, insured_org_id, kind, from_on,
      to_on, state, issued_at, premium, area_codes, org_ids)
    values (${policy}, ${`示例${policy.slice(-6)}`}, ${given.insurer}, ${product}, ${given.holder}, ${given.holder}, 'liability',
      '2026-07-01', '2027-06-30', 'issued', now(), ${given.premium ?? 100_000}, '{320205}', ${orgs}::uuid[])`.execute(
    db,
  );
  for (const elevator of given.elevators)
    await sql`insert into insurance.policy_line (id, policy_id, elevator_id, from_on, to_on, premium, annual, parts, area_codes, org_ids)
      values (${newId()}, ${policy}, ${elevator}, '2026-07-01', '2027-06-30', 1, 1, '[]', '{320205}', ${orgs}::uuid[])`.execute(
      db,
    );
  return policy;
}

/** A photo that this viewer has just uploaded. */
export async function addPhoto(db: Db<PreventionTables>, viewer: Viewer): Promise<string> {
  const id = newId();
  const hash = id.replaceAll('-', '').padEnd(64, '0');
  await sql`insert into kernel.file (hash, media_type, size_bytes) values (${hash}, 'image/jpeg', 3)`.execute(db);
  await sql`insert into kernel.attachment (id, hash, name, purpose, actor, area_codes, org_ids)
    values (${id}, ${hash}, '现场.jpg', 'upload', ${viewer.accountId}, '{}', '{}')`.execute(db);
  return id;
}

/** A visit as a phone would send it. */
export const report = (over: Partial<VisitReport> & { rescueCode: string }): VisitReport => ({
  id: newId(),
  kind: 'prevention_visit',
  startedAt: new Date('2026-11-21T01:00:00Z'),
  endedAt: new Date('2026-11-21T01:30:00Z'),
  position: { lng: 120.3, lat: 31.5, accuracyM: 12 },
  checks: [],
  summary: '',
  findings: [],
  ...over,
});
