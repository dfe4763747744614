import { accept, type Result, refuse } from '../../../kernel/result.ts';
import { addWorkingDays, type Calendar, type Day } from '../../../kernel/time.ts';

/** Working days count from the day after; a decision on the last day is in time. */
export const decideBy = (askedOn: Day, workingDays: number, calendar: Calendar): Day =>
  addWorkingDays(askedOn, workingDays, calendar);

export type AdmissionRefusal =
  | { code: 'insurance.scheme_closed'; scheme: string }
  | { code: 'insurance.admission_open' }
  | { code: 'insurance.admitted_before' }
  | { code: 'insurance.criteria_unanswered'; criteria: string }
  | { code: 'insurance.admission_decided' }
  | { code: 'insurance.criterion_unknown'; criterion: string }
  | { code: 'insurance.admission_not_refused' };

type Asking = {
  market: 'tender_pool' | 'open';
  scheme: string;
  criteria: readonly { id: string; name: string }[];
  answered: readonly string[];
  standing: 'none' | 'waiting' | 'admitted' | 'refused';
};

/** May an insurer ask to be admitted? To an open market at any time, with every published criterion answered; once at a time. */
export function mayAsk({ market, scheme, criteria, answered, standing }: Asking): Result<null, AdmissionRefusal> {
  if (market === 'tender_pool') return refuse({ code: 'insurance.scheme_closed', scheme });
  if (standing === 'waiting') return refuse({ code: 'insurance.admission_open' });
  if (standing === 'admitted') return refuse({ code: 'insurance.admitted_before' });
  const missing = criteria.filter((c) => !answered.includes(c.id));
  return missing.length === 0
    ? accept(null)
    : refuse({ code: 'insurance.criteria_unanswered', criteria: missing.map((c) => c.name).join('、') });
}

/** A refusal rests on a criterion that was published before; nothing else keeps an insurer out. */
export function mayDecide(
  admission: { decided: boolean; appealed: boolean },
  decision: { admitted: boolean; criterion: string },
  criteria: readonly { id: string }[],
): Result<null, AdmissionRefusal> {
  if (admission.decided && !admission.appealed) return refuse({ code: 'insurance.admission_decided' });
  const known = decision.admitted || criteria.some((c) => c.id === decision.criterion);
  return known ? accept(null) : refuse({ code: 'insurance.criterion_unknown', criterion: decision.criterion });
}
