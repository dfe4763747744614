import type { FileEdit } from '../../../contract/registry-changes.ts';
import type { ElevatorId, OrgId } from '../../kernel/ids.ts';
import { type ImportRow, numberIn, textIn } from '../../kernel/import-kind.ts';
import type { CodeWarning } from './codes.rules.ts';
import { checkDeviceCode, checkRescueCode, readRegistrationCode, readUseRegistration } from './codes.rules.ts';
import { warningsOf } from './edit.rules.ts';
import { type Building, blankTechnical, type ClassFact, type ElevatorFile, type Technical } from './file.rules.ts';
import type { GivenIdentifier } from './identifier.rules.ts';
import { identifierKey } from './identifier.rules.ts';
import { kindOf } from './import-cells.rules.ts';
import { type IdentifierType, isVariety, type PartyRole, STATES, type State, VARIETIES } from './vocabulary.rules.ts';

/** A read row, as far as a draft needs it. */
export type DraftRow = Pick<ImportRow, 'values' | 'faults' | 'columnOf'>;

const CODES: readonly (readonly [field: string, type: IdentifierType])[] = [
  ['registrationCode', 'registration_code'],
  ['rescueCode', 'rescue_code'],
  ['deviceCode', 'device_code'],
  ['useRegistration', 'use_registration'],
  ['makerNumber', 'maker_number'],
  ['sourceKey', 'source_key'],
];

const dayOf = (row: DraftRow, field: string): string | null => textIn(row, field) || null;

/**
 * The codes of a row that name one elevator. A maker's number counts only with its maker: the same number stands on
 * elevators of many makers. A key of the source counts within the source.
 */
export function identifiersOf(row: DraftRow, sourceId: string): (GivenIdentifier & { issuer: string })[] {
  return CODES.flatMap(([field, type]) => {
    const value = textIn(row, field);
    const issuer =
      type === 'source_key' ? sourceId : type === 'maker_number' ? identifierKey(textIn(row, 'makerUscc')) : '';
    if (value === '' || (type === 'maker_number' && issuer === '')) return [];
    return [{ type, value, issuer }];
  });
}

const READ_WARNINGS: Partial<Record<IdentifierType, (value: string) => CodeWarning[]>> = {
  registration_code: (value) => readRegistrationCode(value).warnings,
  use_registration: (value) => readUseRegistration(value).warnings,
  device_code: checkDeviceCode,
  rescue_code: checkRescueCode,
};

/** Remark codes that look wrong. They are taken as they are. */
function remarkCodes(row: DraftRow): void {
  for (const [field, type] of CODES) {
    const value = textIn(row, field);
    if (value === '') continue;
    for (const warning of READ_WARNINGS[type]?.(identifierKey(value)) ?? []) {
      row.faults.push({
        code: `registry.cell_${warning.code.slice('registry.'.length)}`,
        params: warning.params,
        column: row.columnOf(field),
        value,
        refused: false,
      });
    }
  }
}

export type RowPlace = Omit<Building, 'id' | 'source'> & { key: string }; // key '': the row says nothing of a place

export type PlaceGround = {
  areas: { byName: (name: string, within: string | null) => string | null };
  toWgs84: (given: NonNullable<Building['given']>) => { lng: number; lat: number };
  districtAt: (point: { lng: number; lat: number }) => string | null;
};

const LEVELS = ['area', 'street', 'community'] as const;

/** Where a row stands. A division by name or code; one nobody knows is remarked, and the point may tell the district. */
export function placeOf(row: DraftRow, crs: NonNullable<Building['given']>['crs'], ground: PlaceGround): RowPlace {
  const codes: (string | null)[] = [];
  for (const level of LEVELS) {
    const name = textIn(row, level);
    const code = name === '' ? null : ground.areas.byName(name, codes.at(-1) ?? null);
    if (name !== '' && code === null) {
      row.faults.push({
        code: 'registry.cell_area',
        params: {},
        column: row.columnOf(level),
        value: name,
        refused: false,
      });
    }
    codes.push(code);
  }
  const [lng, lat] = [numberIn(row, 'lng'), numberIn(row, 'lat')];
  const given = lng !== null && lat !== null && (lng !== 0 || lat !== 0) ? { lng, lat, crs } : null;
  const world = given ? ground.toWgs84(given) : null;
  const districtCode = codes[0] ?? (world ? ground.districtAt(world) : null);
  const place = {
    estate: textIn(row, 'estate'),
    name: textIn(row, 'building'),
    road: textIn(row, 'road'),
    districtCode,
    streetCode: codes[1] ?? null,
    communityCode: codes[2] ?? null,
    given,
    lng: world?.lng ?? null,
    lat: world?.lat ?? null,
    powerFeeder: dayOf(row, 'powerFeeder'),
  };
  const said = place.estate + place.road + place.name !== '' || given !== null;
  const words = [districtCode ?? '', place.estate, place.road, place.name];
  const bare = words.slice(1).every((word) => word === '');
  return { ...place, key: said ? JSON.stringify(bare ? [...words, lng, lat] : words) : '' };
}

const PARAMS: readonly (readonly [field: string, param: string])[] = [
  ['doors', 'doors'],
  ['travel', 'travel'],
  ['machine', 'machine'],
  ['governor', 'governor'],
  ['buffer', 'buffer'],
  ['safetyGear', 'safetyGear'],
  ['operation', 'operation'],
  ['lastInspectionOn', 'lastInspection'],
  ['lastInspectionResult', 'lastInspectionResult'],
];

/** What a row says of the elevator itself; what it does not say is absent. */
function technicalOf(row: DraftRow): Partial<Technical> {
  const said: Partial<Technical> = {};
  const variety = textIn(row, 'kind');
  if (variety !== '') Object.assign(said, { variety, kind: kindOf(variety) });
  for (const field of [
    'unit',
    'inHouseNo',
    'model',
    'brand',
    'madeOn',
    'installedOn',
    'inUseOn',
    'nextInspectionOn',
  ] as const) {
    if (row.values.has(field)) Object.assign(said, { [field]: textIn(row, field) });
  }
  for (const [field, column] of [
    ['speed', 'speedMmPerS'],
    ['load', 'loadKg'],
    ['bottomFloor', 'bottomFloor'],
    ['topFloor', 'topFloor'],
    ['stops', 'stops'],
  ] as const) {
    if (row.values.has(field)) Object.assign(said, { [column]: numberIn(row, field) });
  }
  const params = Object.fromEntries(
    PARAMS.flatMap(([field, param]) => (row.values.has(field) ? [[param, row.values.get(field) ?? '']] : [])),
  );
  return { ...said, ...(Object.keys(params).length > 0 && { params }) };
}

function classesOf(row: DraftRow, source: string, asOfOn: string): ClassFact[] {
  const fact = (field: ClassFact['field'], value: string): ClassFact => ({ field, value, source, asOfOn });
  return [
    ...(row.values.has('placeClass') ? [fact('place_class', textIn(row, 'placeClass'))] : []),
    ...(row.values.has('residents') ? [fact('residents_served', textIn(row, 'residents'))] : []),
    ...(row.values.has('firefighter') ? [fact('firefighter', textIn(row, 'firefighter'))] : []),
  ];
}

export type Named = { role: PartyRole; orgId: OrgId };
type Making = {
  id: ElevatorId;
  at: Date;
  today: string;
  source: { id: string; name: string };
  building: Building | null;
  orgs: readonly Named[];
};

const isState = (text: string): text is State => STATES.some((state) => state === text);

/** A new file from a row. A state that is not said is in use: registers list what runs. */
export function newFileOf(row: DraftRow, { id, at, today, source, building, orgs }: Making): ElevatorFile {
  remarkCodes(row);
  const said = technicalOf(row);
  const state = textIn(row, 'state');
  const party = { personId: null, fromOn: said.inUseOn ?? today, toOn: null, source: source.name };
  return {
    id,
    state: isState(state) ? state : 'in_use',
    stateAt: at,
    source: source.name,
    building,
    technical: wholeTechnical(said),
    identifiers: identifiersOf(row, source.id).map((i) => ({
      type: i.type,
      value: i.value,
      issuer: i.issuer,
      validFrom: null,
      validTo: null,
      warnings: warningsOf(i.type, i.value),
    })),
    parties: orgs.map(({ role, orgId }) => ({ ...party, role, orgId })),
    classes: classesOf(row, source.name, today),
  };
}

/** What a row says, with nothing where it says nothing. A variety nobody said is unknown. */
function wholeTechnical(said: Partial<Technical>): Technical {
  const variety = said.variety ?? 'unknown';
  const known = isVariety(variety) ? VARIETIES[variety] : null;
  const kind = known?.kind ?? 'lift';
  return { ...blankTechnical(kind, variety), ...said, kind, variety, catalogue2014: known?.catalogue ?? null };
}

type Updating = {
  was: Pick<ElevatorFile, 'building' | 'classes'>;
  place: RowPlace;
  source: { id: string; name: string };
  orgs: readonly Named[];
  today: string;
};

/** What a row changes of a known file. The place of a known building is set where it was unknown, never moved. */
export function editOf(row: DraftRow, { was, place, source, orgs, today }: Updating): FileEdit {
  remarkCodes(row);
  const there = was.building;
  const same = new Set(was.classes.map((c) => `${c.field} ${c.value}`));
  const building = {
    ...(!there?.districtCode && place.districtCode && { districtCode: place.districtCode }),
    ...(!there?.streetCode && place.streetCode && { streetCode: place.streetCode }),
    ...(!there?.communityCode && place.communityCode && { communityCode: place.communityCode }),
    ...(!there?.given && place.given && { given: place.given }),
    ...(!there?.road && place.road && { road: place.road }),
    ...(!there?.estate && place.estate && { estate: place.estate }),
  };
  return {
    technical: technicalOf(row),
    ...(Object.keys(building).length > 0 && { building }),
    addIdentifiers: identifiersOf(row, source.id).map((i) => ({ ...i, validFrom: null })),
    endIdentifiers: [],
    classes: classesOf(row, source.name, today).filter((c) => !same.has(`${c.field} ${c.value}`)),
    parties: orgs.map(({ role, orgId }) => ({ role, orgId, personId: null, fromOn: today, source: source.name })),
    endParties: [],
  };
}
