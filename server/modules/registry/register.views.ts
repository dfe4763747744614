import type { Db } from '../../kernel/db.ts';
import type { ElevatorId, OrgId } from '../../kernel/ids.ts';
import type { ExportLine } from '../../kernel/import-kind.ts';
import { say } from '../../kernel/language.ts';
import { findFiles, type StoredFile } from './file.store.ts';
import type { RegistryTables } from './tables.ts';
import type { IdentifierType, PartyRole } from './vocabulary.rules.ts';

/** The whole register in the columns of its imports, for the terminal. Runs as the owner. */

const PAGE = 1_000;

/** Every file that was not merged into another, page by page. */
export async function* pagesOfFiles(db: Db<RegistryTables>): AsyncGenerator<StoredFile[]> {
  for (let after: ElevatorId | null = null; ; ) {
    let query = db
      .selectFrom('registry.elevator')
      .select('id')
      .where('merged_into', 'is', null)
      .orderBy('id')
      .limit(PAGE);
    if (after) query = query.where('id', '>', after);
    const rows: { id: ElevatorId }[] = await query.execute();
    if (rows.length > 0) {
      yield await findFiles(
        db,
        rows.map((row) => row.id),
      );
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.id;
  }
}

/** The names of everybody who is or was a party to these files. */
export async function orgNames(
  db: Db<RegistryTables>,
  files: readonly StoredFile[],
): Promise<ReadonlyMap<OrgId, string>> {
  const ids = new Set(files.flatMap((file) => file.parties.flatMap((p) => p.orgId ?? [])));
  if (ids.size === 0) return new Map();
  const rows = await db
    .selectFrom('identity.org_card')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** The codes by which an elevator is found again, in force before those that were. */
export const codesOfFile = (file: StoredFile): ExportLine => {
  const code = (type: IdentifierType) =>
    (
      file.identifiers.find((i) => i.type === type && i.validTo === null) ??
      file.identifiers.find((i) => i.type === type)
    )?.value ?? '';
  return {
    registrationCode: code('registration_code'),
    rescueCode: code('rescue_code'),
    deviceCode: code('device_code'),
    useRegistration: code('use_registration'),
  };
};

type Naming = { names: ReadonlyMap<OrgId, string>; areaName: (code: string) => string };

/** An elevator in the columns of its import. */
export function lineOfFile(file: StoredFile, { names, areaName }: Naming): ExportLine {
  const maker = file.identifiers.find((i) => i.type === 'maker_number' && i.validTo === null);
  const holder = (role: PartyRole): string => {
    const id = file.parties.find((p) => p.role === role && p.toOn === null)?.orgId;
    return (id && names.get(id)) ?? '';
  };
  const fact = (field: string) => file.classes.find((c) => c.field === field)?.value ?? '';
  const place = fact('place_class');
  return {
    ...codesOfFile(file),
    ...technicalLine(file.technical),
    ...placeLine(file.building, areaName),
    makerNumber: maker?.value ?? '',
    makerUscc: maker?.issuer ?? '',
    state: say(`registry.state.${file.state}`, 'zh'),
    placeClass: place && say(`registry.place_class.${place}`, 'zh'),
    useUnit: holder('use_unit'),
    maintenance: holder('maintenance'),
    maker: holder('maker'),
    inspectionBody: holder('inspection'),
    residents: fact('residents_served'),
    firefighter: fact('firefighter'),
  };
}

const placeLine = (b: StoredFile['building'], areaName: (code: string) => string): ExportLine => ({
  estate: b?.estate ?? '',
  building: b?.name ?? '',
  road: b?.road ?? '',
  area: b?.districtCode ? areaName(b.districtCode) : '',
  street: b?.streetCode ? areaName(b.streetCode) : '',
  community: b?.communityCode ? areaName(b.communityCode) : '',
  lng: b?.lng ?? null,
  lat: b?.lat ?? null,
  powerFeeder: b?.powerFeeder ?? '',
});

const technicalLine = (t: StoredFile['technical']): ExportLine => ({
  kind: t.variety === 'unknown' ? '' : say(`registry.variety.${t.variety}`, 'zh'),
  unit: t.unit,
  brand: t.brand,
  model: t.model,
  inHouseNo: t.inHouseNo,
  madeOn: t.madeOn,
  installedOn: t.installedOn,
  inUseOn: t.inUseOn,
  nextInspectionOn: t.nextInspectionOn,
  lastInspectionOn: t.params['lastInspection'] ?? null,
  lastInspectionResult: t.params['lastInspectionResult'] ?? null,
  speed: t.speedMmPerS === null ? null : t.speedMmPerS / 1_000,
  load: t.loadKg,
  bottomFloor: t.bottomFloor,
  topFloor: t.topFloor,
  stops: t.stops,
  ...Object.fromEntries(
    ['doors', 'travel', 'machine', 'governor', 'buffer', 'safetyGear', 'operation'].map((name) => [
      name,
      t.params[name] ?? null,
    ]),
  ),
});
