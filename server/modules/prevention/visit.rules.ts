import { secondsBetween } from '../../kernel/time.ts';

/** What an insurer does on site. The codes are those of a product's list of services. */
export const VISIT_KINDS = ['prevention_visit', 'quality_check', 'assessment_help', 'three_no_help'] as const;
export type VisitKind = (typeof VISIT_KINDS)[number];

export type CheckResult = 'pass' | 'fail' | 'not_seen';
export type Check = { code: string; result: CheckResult };

/** What is unusual about a report from the site. It is recorded all the same. */
export type VisitRemark =
  | 'not_covered_here'
  | 'clock_ahead'
  | 'reported_late'
  | 'far_away'
  | 'no_position'
  | 'unknown_check';

type Reported = {
  startedAt: Date;
  endedAt: Date;
  position: { lng: number; lat: number } | null;
  checks: readonly Check[];
};
type Known = {
  now: Date;
  covered: boolean; // this insurer's cover was in force that day
  place: { lng: number; lat: number } | null; // where the elevator stands
  checklist: readonly string[];
};

const LATE_SECONDS = 3 * 86_400;
const AHEAD_SECONDS = 120;
const FAR_METRES = 500;

/** The remarks of a report. A report is never refused: what is strange about it is written beside it. */
export function visitRemarks(reported: Reported, known: Known): readonly VisitRemark[] {
  const remarks: VisitRemark[] = [];
  if (!known.covered) remarks.push('not_covered_here');
  if (secondsBetween(known.now, reported.endedAt) > AHEAD_SECONDS) remarks.push('clock_ahead');
  if (secondsBetween(reported.endedAt, known.now) > LATE_SECONDS) remarks.push('reported_late');
  if (!reported.position) remarks.push('no_position');
  else if (known.place && metresBetween(reported.position, known.place) > FAR_METRES) remarks.push('far_away');
  if (reported.checks.some((c) => !known.checklist.includes(c.code))) remarks.push('unknown_check');
  return remarks;
}

/** The share of what was looked at that passed, in percent to one decimal; null when nothing was looked at. */
export function passRate(checks: readonly Check[]): number | null {
  const seen = checks.filter((c) => c.result !== 'not_seen');
  if (seen.length === 0) return null;
  return Math.round((seen.filter((c) => c.result === 'pass').length * 1_000) / seen.length) / 10;
}

const EARTH_M = 6_371_000;

/** Great-circle distance in metres. */
export function metresBetween(a: { lng: number; lat: number }, b: { lng: number; lat: number }): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const h =
    Math.sin(rad(b.lat - a.lat) / 2) ** 2 +
    Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(rad(b.lng - a.lng) / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h)));
}
