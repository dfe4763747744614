import type { RecordedKind } from '../../../../contract/insurance-vocabulary.ts';
import type { Day } from '../../../kernel/time.ts';
import { fullYears } from '../figures/annex.rules.ts';
import type { Answer, Risk } from './rating.ts';

/** What the register says of an elevator, as far as a tariff asks. */
export type Insurable = {
  elevatorId: string;
  kind: 'lift' | 'escalator' | 'moving_walk';
  state: string;
  placeClass: string | null;
  villa: boolean;
  inUseOn: Day | null;
  nextInspectionOn: Day | null;
  useOrgId: string | null;
  maintenanceOrgId: string | null;
  makerOrgId: string | null;
  orgIds: readonly string[]; // everybody with a part in it
  areaCodes: readonly string[];
};

/** The newest recorded evidence by kind, of the elevator, its use unit or its maintenance unit. */
export type Evidence = Readonly<Partial<Record<RecordedKind, Answer>>>;

export type RiskRefusal =
  | { code: 'insurance.use_unit_unknown' } // 无锡 2014 五(一): whose it is must be settled first
  | { code: 'insurance.not_in_use'; state: string }
  | { code: 'insurance.not_inspected'; nextInspectionOn: string } // 五(一): only inspected elevators
  | { code: 'insurance.area_excluded'; area: string }
  | { code: 'insurance.not_of_holder' } // another use unit answers for it
  | { code: 'insurance.not_handed_over'; state: string }
  | { code: 'insurance.handed_over' }
  | { code: 'insurance.age_unknown' }
  | { code: 'insurance.place_unknown' };

const HOMES = ['residence'];
const CROWDED = ['mall', 'transport']; // 商场、车站、码头
const PUBLIC_OFFICES = ['hospital', 'school'];

/** Installed and not handed over: nobody uses it yet, and its maker or installer answers for it. */
export const BEFORE_HAND_OVER = ['installed', 'supervised_inspection'];
export const isNew = (e: Pick<Insurable, 'state'>): boolean => BEFORE_HAND_OVER.includes(e.state);

/** Who is to hold the policy: an organisation with what it is. */
export type Holder = { orgId: string; kinds: readonly string[] };

/**
 * The policyholder follows the elevator: before hand-over its maker, or the installer that works on it; afterwards whoever uses
 * it, no longer they (新装电梯由制造或安装单位投保).
 */
export function holderGate(e: Insurable, { orgId, kinds }: Holder): RiskRefusal | undefined {
  const isInstaller = kinds.includes('installer') && e.orgIds.includes(orgId);
  const answers = e.makerOrgId === orgId || isInstaller;
  if (isNew(e)) return answers ? undefined : { code: 'insurance.not_handed_over', state: e.state };
  return answers && e.useOrgId !== null && e.useOrgId !== orgId ? { code: 'insurance.handed_over' } : undefined;
}

/** May this elevator be insured from that day under a scheme that leaves these areas out? The first reason not, or none. */
export function gate(e: Insurable, from: Day, excludedAreas: readonly string[]): RiskRefusal | undefined {
  const excluded = e.areaCodes.find((a) => excludedAreas.includes(a));
  if (excluded) return { code: 'insurance.area_excluded', area: excluded };
  if (isNew(e)) return e.placeClass === null ? { code: 'insurance.place_unknown' } : undefined;
  if (e.useOrgId === null) return { code: 'insurance.use_unit_unknown' };
  if (e.state !== 'in_use') return { code: 'insurance.not_in_use', state: e.state };
  if (e.nextInspectionOn === null || e.nextInspectionOn < from) {
    return { code: 'insurance.not_inspected', nextInspectionOn: e.nextInspectionOn ?? '' };
  }
  if (e.inUseOn === null) return { code: 'insurance.age_unknown' };
  return e.placeClass === null ? { code: 'insurance.place_unknown' } : undefined;
}

// What an elevator's own file answers stands in a working without the elevator, so that those that answer alike share one text.
const OWN_FILE = 'registry';
const FIRST_USE = 'in_use_on';

/** A working as it stands for one elevator: what its own file answered names that file, and the day of its first use. */
export const workingFor = <W extends { source: string; on: string; record?: string | null | undefined }>(
  working: readonly W[],
  { elevatorId, inUseOn }: { elevatorId: string; inUseOn: string | null },
): W[] =>
  working.map((line) => {
    if (line.source !== OWN_FILE || line.record) return line;
    return { ...line, source: `${OWN_FILE}:${elevatorId}`, on: line.on === FIRST_USE ? (inUseOn ?? '') : line.on };
  });

/** All that a tariff is told by an elevator's own file. */
type Facts = {
  ratingClass: 'new' | 'lift' | 'escalator';
  place: string;
  splitClass: 'new' | 'villa' | 'residential' | 'public';
  age: 'over_15' | 'to_15';
  ageBy: string; // the day its age rests on
};

/** An age of exactly fifteen years still counts as "up to fifteen". */
function factsOf(e: Insurable, from: Day): Facts {
  const place = e.placeClass ?? '';
  const years = e.inUseOn ? fullYears(e.inUseOn, from) : 0;
  const pastFifteen = years > 15 || (years === 15 && e.inUseOn?.slice(5) !== from.slice(5));
  return {
    ratingClass: isNew(e) ? 'new' : e.kind === 'lift' ? 'lift' : 'escalator',
    place,
    splitClass: isNew(e) ? 'new' : e.villa ? 'villa' : HOMES.includes(place) ? 'residential' : 'public',
    age: pastFifteen ? 'over_15' : 'to_15',
    ageBy: e.inUseOn ? FIRST_USE : from,
  };
}

/** Elevators of the same text are told a tariff alike, given the same evidence: one rating stands for them all. */
export const likenessOf = (e: Insurable, from: Day): string => Object.values(factsOf(e, from)).join('/');

/**
 * The answers to a tariff's questions for one elevator on the first day of cover. Who has no recorded stars or losses
 * is answered 'none', which the tariff prices.
 */
export function riskOf(e: Insurable, evidence: Evidence, from: Day): Risk {
  const { ratingClass, place, splitClass, age, ageBy } = factsOf(e, from);
  const none = { key: 'none', source: 'none', on: from };
  return {
    ratingClass,
    placeClass: place,
    splitClass,
    answers: {
      place: { source: OWN_FILE, on: from, key: densityOf(place) },
      age: { source: OWN_FILE, on: ageBy, key: age },
      stars: evidence.stars ?? none,
      unit_losses: evidence.unit_losses ?? none,
      management_grade: evidence.management_grade ?? none,
      inspection: evidence.inspection ?? none,
      unit_facts: evidence.unit_facts ?? none,
      residents_consent: evidence.residents_consent ?? none,
    },
  };
}

/** 使用密度: homes 1; state offices, schools and hospitals; office towers; where crowds are. */
function densityOf(place: string): string {
  if (HOMES.includes(place)) return 'residential';
  if (PUBLIC_OFFICES.includes(place)) return 'office_public';
  return CROWDED.includes(place) ? 'crowded' : 'office';
}
