import type { DiffLine, FileEdit } from '../../../contract/registry-changes.ts';
import type { OrgId, PersonId } from '../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { addDays, type Day } from '../../kernel/time.ts';
import { checkDeviceCode, checkRescueCode, readRegistrationCode, readUseRegistration } from './codes.rules.ts';
import type { Building, ElevatorFile, Identifier, Party, Technical } from './file.rules.ts';
import { identifierKey } from './identifier.rules.ts';
import { type ClassField, type IdentifierType, isSingleRole, isVariety, VARIETIES } from './vocabulary.rules.ts';

export type EditRefusal =
  | { code: 'registry.nothing_changed' }
  | { code: 'registry.variety_kind'; variety: string }
  | { code: 'registry.area_unknown'; value: string }
  | { code: 'registry.dates_reversed' }
  | { code: 'registry.use_planned'; inUseOn: string; today: Day }
  | { code: 'registry.class_value'; field: string; value: string };

/** What an edit needs from outside: the day, the city's divisions, the conversion of coordinates, the id of a new building. */
export type EditGround = {
  today: Day;
  hasArea: (code: string) => boolean;
  toWgs84: (given: NonNullable<Building['given']>) => { lng: number; lat: number };
  newBuildingId: () => string;
  isClassValue: (field: ClassField, value: string) => boolean;
};

const YES_OR_NO: readonly ClassField[] = [
  'single_owner',
  'affordable_housing',
  'resettlement',
  'firefighter',
  'added_to_housing',
  'managed_estate',
  'high_rise',
  'machine_room_cooled',
];
const MOST_RESIDENTS = 100_000;

/** Can a class have this value? Marks are yes or no, people are counted; place classes are those the city counts by. */
export function isClassValue(field: ClassField, value: string, placeClasses: readonly string[]): boolean {
  if (YES_OR_NO.includes(field)) return value === 'true' || value === 'false';
  if (field === 'residents_served') return /^\d{1,6}$/.test(value) && Number(value) <= MOST_RESIDENTS;
  return field !== 'place_class' || placeClasses.includes(value);
}

/** A first day of use that has not come is a plan, not a fact: in use nobody has seen this elevator. */
export const isPlannedUse = (inUseOn: string | null | undefined, today: string): boolean => (inUseOn ?? '') > today;

export type EditedParty = Party & { id?: string };
export type EditedFile = Omit<ElevatorFile, 'parties'> & { parties: readonly EditedParty[] };

/** Write an edit into a file. Codes that look wrong are kept with their warnings; nothing is refused for its digits. */
export function applyEdit<F extends EditedFile>(file: F, edit: FileEdit, ground: EditGround): Result<F, EditRefusal> {
  const technical = editedTechnical(file.technical, edit.technical ?? {});
  if (isVariety(technical.variety) && VARIETIES[technical.variety].kind !== technical.kind) {
    return refuse({ code: 'registry.variety_kind', variety: technical.variety });
  }
  const inUseOn = edit.technical?.inUseOn;
  if (inUseOn && isPlannedUse(inUseOn, ground.today))
    return refuse({ code: 'registry.use_planned', inUseOn, today: ground.today });
  const building = edit.building ? editedBuilding(file.building, edit.building, ground) : accept(file.building);
  if (!building.ok) return building;
  const wrong = edit.classes.find(({ field, value }) => !ground.isClassValue(field, value));
  if (wrong) return refuse({ code: 'registry.class_value', field: wrong.field, value: wrong.value });
  const parties = editedParties(file.parties, edit);
  if (!parties.ok) return parties;
  const next: F = {
    ...file,
    technical,
    building: building.value,
    identifiers: editedIdentifiers(file.identifiers, edit),
    classes: [...file.classes.filter((c) => !edit.classes.some((e) => e.field === c.field)), ...edit.classes],
    parties: parties.value,
  };
  return diffOf(file, next).length === 0 ? refuse({ code: 'registry.nothing_changed' }) : accept(next);
}

/** What was said, or else what was there. Null is something said. */
const or = <V>(said: V | undefined, was: V): V => (said === undefined ? was : said);

const editedTechnical = (was: Technical, edit: NonNullable<FileEdit['technical']>): Technical => ({
  kind: or(edit.kind, was.kind),
  variety: or(edit.variety, was.variety),
  catalogue2014: or(edit.catalogue2014, was.catalogue2014),
  catalogueOld: or(edit.catalogueOld, was.catalogueOld),
  unit: or(edit.unit, was.unit),
  inHouseNo: or(edit.inHouseNo, was.inHouseNo),
  model: or(edit.model, was.model),
  brand: or(edit.brand, was.brand),
  madeOn: or(edit.madeOn, was.madeOn),
  installedOn: or(edit.installedOn, was.installedOn),
  inUseOn: or(edit.inUseOn, was.inUseOn),
  nextInspectionOn: or(edit.nextInspectionOn, was.nextInspectionOn),
  speedMmPerS: or(edit.speedMmPerS, was.speedMmPerS),
  loadKg: or(edit.loadKg, was.loadKg),
  bottomFloor: or(edit.bottomFloor, was.bottomFloor),
  topFloor: or(edit.topFloor, was.topFloor),
  stops: or(edit.stops, was.stops),
  params: { ...was.params, ...edit.params },
});

const NOWHERE: Omit<Building, 'id'> = {
  estate: '',
  name: '',
  road: '',
  districtCode: null,
  streetCode: null,
  communityCode: null,
  given: null,
  lng: null,
  lat: null,
  powerFeeder: null,
  source: 'edit',
};

function editedBuilding(
  was: Building | null,
  edit: NonNullable<FileEdit['building']>,
  ground: EditGround,
): Result<Building, EditRefusal> {
  const from = was ?? { ...NOWHERE, id: ground.newBuildingId() };
  const codes = [edit.districtCode, edit.streetCode, edit.communityCode];
  const unknown = codes.find((code) => code && !ground.hasArea(code));
  if (unknown) return refuse({ code: 'registry.area_unknown', value: unknown });
  const place = or(edit.given, from.given);
  const world = edit.given ? ground.toWgs84(edit.given) : null;
  return accept({
    ...from,
    estate: or(edit.estate, from.estate),
    name: or(edit.name, from.name),
    road: or(edit.road, from.road),
    districtCode: or(edit.districtCode, from.districtCode),
    streetCode: or(edit.streetCode, from.streetCode),
    communityCode: or(edit.communityCode, from.communityCode),
    given: place,
    lng: world ? world.lng : place && from.lng,
    lat: world ? world.lat : place && from.lat,
    powerFeeder: or(edit.powerFeeder, from.powerFeeder),
  });
}

/** What looks wrong about a code of a type, as keys into words/. Never a reason to refuse it. */
export function warningsOf(type: IdentifierType, value: string): string[] {
  switch (type) {
    case 'registration_code':
      return readRegistrationCode(identifierKey(value)).warnings.map((w) => w.code);
    case 'use_registration':
      return readUseRegistration(value).warnings.map((w) => w.code);
    case 'device_code':
      return checkDeviceCode(identifierKey(value)).map((w) => w.code);
    case 'rescue_code':
      return checkRescueCode(identifierKey(value)).map((w) => w.code);
    case 'maker_number':
    case 'source_key':
      return [];
  }
}

const sameCode = (a: { type: string; value: string }, b: { type: string; value: string }): boolean =>
  a.type === b.type && identifierKey(a.value) === identifierKey(b.value);

function editedIdentifiers(was: readonly Identifier[], edit: FileEdit): Identifier[] {
  const ended = was.map((i) => {
    const end = edit.endIdentifiers.find((e) => sameCode(e, i));
    return end && i.validTo === null ? { ...i, validTo: end.on } : i;
  });
  // A rescue code that this file had before is not given again: it still leads here.
  const known = (a: FileEdit['addIdentifiers'][number]) => (i: Identifier) =>
    sameCode(i, a) && i.issuer === a.issuer && (i.validTo === null || i.type === 'rescue_code');
  const fresh = edit.addIdentifiers.filter((a) => !ended.some(known(a)));
  return [
    ...ended,
    ...fresh.map((a) => ({
      type: a.type,
      value: a.value.trim(),
      issuer: a.issuer,
      validFrom: a.validFrom,
      validTo: null,
      warnings: warningsOf(a.type, a.value),
    })),
  ];
}

/** New parties, and the end of those they follow: an organisation that passes a role on ends the day before. */
function editedParties(was: readonly EditedParty[], edit: FileEdit): Result<EditedParty[], EditRefusal> {
  const ends = new Map(edit.endParties.map((e) => [e.id, e.toOn]));
  let parties = was.map((p): EditedParty => (p.id && ends.has(p.id) ? { ...p, toOn: ends.get(p.id) ?? p.toOn } : p));
  for (const next of edit.parties) {
    const holds = (p: EditedParty) => p.role === next.role && p.toOn === null;
    if (parties.some((p) => holds(p) && p.orgId === next.orgId && p.personId === next.personId)) continue;
    const before = addDays(next.fromOn as Day, -1);
    if (isSingleRole(next.role)) parties = parties.map((p) => (holds(p) ? { ...p, toOn: before } : p));
    parties.push({
      role: next.role,
      orgId: next.orgId as OrgId | null,
      personId: next.personId as PersonId | null,
      fromOn: next.fromOn,
      toOn: null,
      source: next.source,
    });
  }
  return parties.some((p) => p.toOn !== null && p.toOn < p.fromOn)
    ? refuse({ code: 'registry.dates_reversed' })
    : accept(parties);
}

/** What a change changes, line by line, in the words of the file. */
export function diffOf(before: EditedFile, after: EditedFile): DiffLine[] {
  const [was, is] = [linesOf(before), linesOf(after)];
  const fields = [...new Set([...was.keys(), ...is.keys()])];
  return fields
    .filter((field) => (was.get(field) ?? null) !== (is.get(field) ?? null))
    .map((field) => ({ field, before: was.get(field) ?? null, after: is.get(field) ?? null }));
}

const BUILDING_FIELDS = [
  'estate',
  'name',
  'road',
  'districtCode',
  'streetCode',
  'communityCode',
  'powerFeeder',
] as const;

function linesOf(file: EditedFile): Map<string, string> {
  const lines = new Map<string, string>();
  const put = (field: string, value: string | number | boolean | null | undefined) => {
    if (value !== null && value !== undefined && value !== '') lines.set(field, String(value));
  };
  const { params, ...technical } = file.technical;
  for (const [field, value] of Object.entries(technical)) put(`technical.${field}`, value);
  for (const [field, value] of Object.entries(params)) put(`params.${field}`, value);
  const place = file.building;
  if (place) for (const field of BUILDING_FIELDS) put(`building.${field}`, place[field]);
  if (place?.given) put('building.given', `${place.given.lng}, ${place.given.lat} (${place.given.crs})`);
  for (const i of file.identifiers) put(`identifier.${i.type}.${i.value}`, i.validTo ?? 'in_force');
  for (const c of file.classes) put(`class.${c.field}`, `${c.value} (${c.source}, ${c.asOfOn})`);
  for (const p of file.parties) put(`party.${p.role}.${p.orgId ?? p.personId}.${p.fromOn}`, p.toOn ?? 'holds');
  return lines;
}
