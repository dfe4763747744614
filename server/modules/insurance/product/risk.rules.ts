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

/**
 * The answers to a tariff's questions for one elevator on the first day of cover. Who has no recorded stars or losses
 * is answered 'none', which the tariff prices; an age of exactly fifteen years still counts as "up to fifteen".
 */
export function riskOf(e: Insurable, evidence: Evidence, from: Day): Risk {
  const place = e.placeClass ?? '';
  const years = e.inUseOn ? fullYears(e.inUseOn, from) : 0;
  const pastFifteen = years > 15 || (years === 15 && e.inUseOn?.slice(5) !== from.slice(5));
  const onFile = { source: `registry:${e.elevatorId}`, on: from };
  const none = { key: 'none', source: 'none', on: from };
  return {
    ratingClass: isNew(e) ? 'new' : e.kind === 'lift' ? 'lift' : 'escalator',
    placeClass: place,
    splitClass: isNew(e) ? 'new' : e.villa ? 'villa' : HOMES.includes(place) ? 'residential' : 'public',
    answers: {
      place: { ...onFile, key: densityOf(place) },
      age: { source: `registry:${e.elevatorId}`, on: e.inUseOn ?? from, key: pastFifteen ? 'over_15' : 'to_15' },
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
