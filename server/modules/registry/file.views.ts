import { sql } from 'kysely';
import type { ElevatorFileView } from '../../../contract/registry.ts';
import type { Db } from '../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../kernel/ids.ts';
import type { AreaBook } from '../identity/index.ts';
import { derive, qualityOf } from './file.rules.ts';
import type { StoredFile } from './file.store.ts';
import { findFiles } from './file.store.ts';
import type { RegistryTables } from './tables.ts';

/** One elevator's file for its screen; undefined when it is not there or not seen. */
export async function showFile(
  db: Db<RegistryTables>,
  id: ElevatorId,
  { areas, can }: { areas: AreaBook; can: (file: StoredFile) => ElevatorFileView['can'] },
): Promise<ElevatorFileView | undefined> {
  const [file] = await findFiles(db, [id]);
  if (!file) return undefined;
  const { technical: t, building } = file;
  const derived = derive(file, areas.name);
  const names = await orgNames(
    db,
    file.parties.flatMap((p) => p.orgId ?? []),
  );
  const ref = (org: OrgId | null) => (org ? { id: org, name: names.get(org) ?? '' } : null);
  const codes = [derived.districtCode, derived.streetCode, derived.communityCode].filter((code) => code !== null);
  return {
    ...t,
    id: file.id,
    rescueCode: derived.rescueCode,
    registrationCode: derived.registrationCode,
    state: file.state,
    placeClass: derived.placeClass,
    address: derived.address,
    districtCode: derived.districtCode,
    streetCode: derived.streetCode,
    communityCode: derived.communityCode,
    useUnit: ref(derived.useOrgId),
    maintenance: ref(derived.maintenanceOrgId),
    lng: derived.lng,
    lat: derived.lat,
    quality: derived.quality,
    changedAt: file.changedAt.toISOString(),
    version: file.version,
    mergedInto: file.mergedInto,
    stateAt: file.stateAt.toISOString(),
    powerFeeder: derived.powerFeeder,
    source: file.source,
    building,
    identifiers: file.identifiers.map((i) => ({ ...i, warnings: [...i.warnings] })),
    parties: file.parties.map(({ orgId, ...p }) => ({ ...p, org: ref(orgId) })),
    classes: [...file.classes],
    gaps: qualityOf(file).gaps,
    areaNames: Object.fromEntries(codes.map((code) => [code, areas.name(code)])),
    can: can(file),
  };
}

async function orgNames(db: Db<RegistryTables>, ids: readonly OrgId[]): Promise<Map<OrgId, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('identity.org_card')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}

export type TraceLine = {
  id: number;
  at: Date;
  code: string;
  params: Record<string, string | number>;
  ref: string | null;
  mergedFrom: string | null;
};

/** The lines of an elevator's trace page that this viewer may see, newest first, with those of files merged into it. */
export async function traceOf(
  db: Db<RegistryTables>,
  id: ElevatorId,
  { before, limit }: { before: number | null; limit: number },
): Promise<TraceLine[]> {
  const { rows } = await sql<TraceLine>`
    select id, at, code, params, ref, nullif(subject, ${id}::text) as "mergedFrom" from kernel.trace
    where (subject = ${id} or subject in (select e.id::text from registry.elevator e where e.merged_into = ${id}))
      and (${before}::bigint is null or (at, id) < (select at, id from kernel.trace where id = ${before}))
    order by at desc, id desc limit ${limit}`.execute(db);
  return rows;
}
