import type { ElevatorId, OrgId, PersonId } from '../../kernel/ids.ts';
import { identifierKey } from './identifier.rules.ts';
import type { ClassField, Crs, IdentifierType, Kind, PartyRole, State } from './vocabulary.rules.ts';

export type Building = {
  id: string;
  estate: string;
  name: string;
  road: string;
  districtCode: string | null;
  streetCode: string | null;
  communityCode: string | null;
  given: { lng: number; lat: number; crs: Crs } | null; // as it came
  lng: number | null; // WGS-84
  lat: number | null;
  powerFeeder: string | null;
  source: string;
};

export type Identifier = {
  type: IdentifierType;
  value: string;
  issuer: string;
  validFrom: string | null;
  validTo: string | null;
  warnings: readonly string[];
};

export type Party = {
  role: PartyRole;
  orgId: OrgId | null;
  personId: PersonId | null;
  fromOn: string;
  toOn: string | null;
  source: string;
};

export type ClassFact = { field: ClassField; value: string; source: string; asOfOn: string };

/** What an elevator is by itself, without codes, parties and classes. */
export type Technical = {
  kind: Kind;
  variety: string;
  catalogue2014: string | null;
  catalogueOld: string | null;
  unit: string;
  inHouseNo: string;
  model: string;
  brand: string;
  madeOn: string | null;
  installedOn: string | null;
  inUseOn: string | null;
  nextInspectionOn: string | null;
  speedMmPerS: number | null;
  loadKg: number | null;
  bottomFloor: number | null;
  topFloor: number | null;
  stops: number | null;
  params: Readonly<Record<string, string | number | boolean>>;
};

/** What is known of a machine of which only its kind is known. */
export const blankTechnical = (kind: Kind, variety: string): Technical => ({
  kind,
  variety,
  catalogue2014: null,
  catalogueOld: null,
  unit: '',
  inHouseNo: '',
  model: '',
  brand: '',
  madeOn: null,
  installedOn: null,
  inUseOn: null,
  nextInspectionOn: null,
  speedMmPerS: null,
  loadKg: null,
  bottomFloor: null,
  topFloor: null,
  stops: null,
  params: {},
});

/** A whole file: 一机一档. */
export type ElevatorFile = {
  id: ElevatorId;
  state: State;
  stateAt: Date;
  technical: Technical;
  building: Building | null;
  identifiers: readonly Identifier[];
  parties: readonly Party[];
  classes: readonly ClassFact[];
  source: string;
};

/** What lists, views and policies read in one row. Kept true by computing it from the file at every change. */
export type Derived = {
  address: string;
  districtCode: string | null;
  streetCode: string | null;
  communityCode: string | null;
  lng: number | null;
  lat: number | null;
  powerFeeder: string | null;
  placeClass: string | null;
  registrationCode: string | null;
  rescueCode: string | null;
  useOrgId: OrgId | null;
  maintenanceOrgId: OrgId | null;
  inspectionOrgId: OrgId | null;
  makerOrgId: OrgId | null;
  quality: number;
  gaps: string[]; // codes of what is missing
  areaCodes: string[];
  orgIds: OrgId[];
};

/** Compute the derived row of a file. `areaName` names a division, or gives an empty text. */
export function derive(file: ElevatorFile, areaName: (code: string) => string): Derived {
  const { building } = file;
  const current = file.parties.filter((p) => p.toOn === null);
  const orgOf = (role: PartyRole) => current.find((p) => p.role === role)?.orgId ?? null;
  const codeOf = (type: IdentifierType) =>
    file.identifiers.find((i) => i.type === type && i.validTo === null)?.value ?? null;
  const areas = [building?.districtCode, building?.streetCode, building?.communityCode];
  const { score, gaps } = qualityOf(file);
  const orgs = current.flatMap((p) => (p.orgId ? [p.orgId] : []));
  return {
    address: addressOf(building, file.technical.unit, areaName),
    districtCode: building?.districtCode ?? null,
    streetCode: building?.streetCode ?? null,
    communityCode: building?.communityCode ?? null,
    lng: building?.lng ?? null,
    lat: building?.lat ?? null,
    powerFeeder: building?.powerFeeder ?? null,
    placeClass: file.classes.find((c) => c.field === 'place_class')?.value ?? null,
    registrationCode: codeOf('registration_code'),
    rescueCode: codeOf('rescue_code'),
    useOrgId: orgOf('use_unit'),
    maintenanceOrgId: orgOf('maintenance'),
    inspectionOrgId: orgOf('inspection'),
    makerOrgId: orgOf('maker'),
    quality: score,
    gaps: gaps.map((gap) => gap.code),
    areaCodes: areas.filter((code) => code !== null && code !== undefined),
    // Verified owners of a building are a party to its elevators under the building's id.
    orgIds: [...new Set([...orgs, ...(building ? [building.id as OrgId] : [])])],
  };
}

/** The address as people say it: district, road, estate, building, which one. */
export function addressOf(building: Building | null, unit: string, areaName: (code: string) => string): string {
  if (!building) return unit;
  const district = building.districtCode ? areaName(building.districtCode) : '';
  return `${district}${building.road}${building.estate}${building.name}${unit}`;
}

export type Gap = {
  code: `registry.gap_${string}`;
  points: number;
  by: 'use_unit' | 'maintenance' | 'maker' | 'inspection' | 'street' | 'registrar'; // who can mend it
};

/** The checks of a file's quality: what is asked, how much it weighs, and who can mend it. They add up to 100. */
const CHECKS: readonly (Gap & { holds: (file: ElevatorFile) => boolean })[] = [
  { code: 'registry.gap_use_unit', points: 14, by: 'street', holds: (f) => hasRole(f, 'use_unit') },
  { code: 'registry.gap_maintenance', points: 12, by: 'use_unit', holds: (f) => hasRole(f, 'maintenance') },
  {
    code: 'registry.gap_registration_code',
    points: 10,
    by: 'registrar',
    holds: (f) => hasCode(f, 'registration_code'),
  },
  { code: 'registry.gap_rescue_code', points: 10, by: 'registrar', holds: (f) => hasCode(f, 'rescue_code') },
  { code: 'registry.gap_district', points: 8, by: 'use_unit', holds: (f) => Boolean(f.building?.districtCode) },
  { code: 'registry.gap_coordinates', points: 8, by: 'maintenance', holds: (f) => typeof f.building?.lng === 'number' },
  {
    code: 'registry.gap_place_class',
    points: 6,
    by: 'use_unit',
    holds: (f) => f.classes.some((c) => c.field === 'place_class'),
  },
  {
    code: 'registry.gap_address',
    points: 6,
    by: 'use_unit',
    holds: (f) => Boolean(f.building?.road || f.building?.estate),
  },
  { code: 'registry.gap_maker', points: 5, by: 'registrar', holds: (f) => hasRole(f, 'maker') },
  { code: 'registry.gap_maker_number', points: 4, by: 'maker', holds: (f) => hasCode(f, 'maker_number') },
  { code: 'registry.gap_made_on', points: 4, by: 'maker', holds: (f) => f.technical.madeOn !== null },
  { code: 'registry.gap_inspection', points: 5, by: 'inspection', holds: (f) => f.technical.nextInspectionOn !== null },
  {
    code: 'registry.gap_size',
    points: 4,
    by: 'maker',
    holds: (f) => f.technical.kind !== 'lift' || f.technical.loadKg !== null,
  },
  { code: 'registry.gap_floors', points: 2, by: 'maintenance', holds: (f) => f.technical.topFloor !== null },
  {
    code: 'registry.gap_code_warnings',
    points: 2,
    by: 'registrar',
    holds: (f) => f.identifiers.every((i) => i.warnings.length === 0),
  },
];

/** How complete and consistent a file is, 0 to 100, with what is missing, heaviest first, and by whom it is mended. */
export function qualityOf(file: ElevatorFile): { score: number; gaps: Gap[] } {
  const gaps = CHECKS.filter((check) => !check.holds(file)).map(({ code, points, by }) => ({ code, points, by }));
  return {
    score: 100 - gaps.reduce((sum, gap) => sum + gap.points, 0),
    gaps: gaps.sort((a, b) => b.points - a.points),
  };
}

/** A gap by its code; null for one that is no longer asked for. */
export function gapOf(code: string): Gap | null {
  const check = CHECKS.find((one) => one.code === code);
  return check ? { code: check.code, points: check.points, by: check.by } : null;
}

const hasRole = (file: ElevatorFile, role: PartyRole) => file.parties.some((p) => p.role === role && p.toOn === null);
const hasCode = (file: ElevatorFile, type: IdentifierType) =>
  file.identifiers.some((i) => i.type === type && i.validTo === null && identifierKey(i.value) !== '');
