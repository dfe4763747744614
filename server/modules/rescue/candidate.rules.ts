/** A rescuer as dispatch sees him at this moment. */
export type Rescuer = {
  personId: string;
  orgId: string;
  label: string;
  kind: 'maintenance' | 'public' | 'social';
  at: Point | null; // his last position, or his station's
  positionAgeSeconds: number | null; // null: no position of his own, the station stands in
  onDuty: boolean;
  certified: 'yes' | 'expired' | 'unknown';
  jobs: number; // already in his plan
};
export type Point = { lng: number; lat: number };

/** What each circumstance costs, in seconds of arrival. From the city pack. */
export type Costs = { jobSeconds: number; offDutySeconds: number; staleSeconds: number };

/** Why a rescuer stands where he stands in the list: a code of words/rescue.ts, what fills it, and the seconds it costs. */
export type Reason = { code: string; params: Readonly<Record<string, number | string>>; seconds: number };

export type Travel = { seconds: number; metres: number; by: 'roads' | 'line' };
export type Candidate = Rescuer & {
  travel: Travel | null;
  reasons: readonly Reason[];
  costSeconds: number;
  place: number;
};

/** A rescuer whose place is not known at all is still asked, after those who are half an hour away. */
const UNKNOWN_PLACE_SECONDS = 1_800;
/** Nobody without a valid certificate is asked before everybody else was. */
const UNCERTIFIED_SECONDS = 3_600;

/** Order rescuers by when they could be there, and say why. Equal ones stand by name, so that a repeat gives the same list. */
export function rank(
  rescuers: readonly { rescuer: Rescuer; travel: Travel | null }[],
  costs: Costs,
): readonly Candidate[] {
  return rescuers
    .map(({ rescuer, travel }): Candidate => {
      const reasons = reasonsOf(rescuer, travel, costs);
      const costSeconds = reasons.reduce((sum, r) => sum + r.seconds, 0);
      return { ...rescuer, travel, reasons, costSeconds, place: rescuer.jobs + 1 };
    })
    .sort(
      (a, b) => a.costSeconds - b.costSeconds || a.label.localeCompare(b.label) || a.personId.localeCompare(b.personId),
    );
}

function reasonsOf(rescuer: Rescuer, travel: Travel | null, costs: Costs): readonly Reason[] {
  const reasons: Reason[] = [];
  const add = (code: string, seconds: number, params: Reason['params'] = {}) => reasons.push({ code, seconds, params });
  if (travel)
    add(`rescue.reason.${travel.by}`, travel.seconds, {
      minutes: Math.ceil(travel.seconds / 60),
      metres: travel.metres,
    });
  else add('rescue.reason.place_unknown', UNKNOWN_PLACE_SECONDS);
  const age = rescuer.positionAgeSeconds;
  if (travel && age === null) add('rescue.reason.station_stands_in', costs.staleSeconds);
  else if (travel && age !== null && age > costs.staleSeconds)
    add('rescue.reason.position_old', Math.min(age - costs.staleSeconds, UNKNOWN_PLACE_SECONDS), {
      minutes: Math.round(age / 60),
    });
  else if (travel && age !== null) add('rescue.reason.position_fresh', 0, { seconds: Math.round(age) });
  add(rescuer.onDuty ? 'rescue.reason.on_duty' : 'rescue.reason.off_duty', rescuer.onDuty ? 0 : costs.offDutySeconds);
  if (rescuer.certified === 'expired') add('rescue.reason.certificate_expired', UNCERTIFIED_SECONDS);
  if (rescuer.certified === 'unknown') add('rescue.reason.certificate_unknown', 0);
  if (rescuer.jobs > 0) add('rescue.reason.other_jobs_first', rescuer.jobs * costs.jobSeconds, { jobs: rescuer.jobs });
  return reasons;
}

const EARTH_METRES = 6_371_000;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Metres between two places on the ground, in a straight line. */
export function metresBetween(a: Point, b: Point): number {
  const dLat = radians(b.lat - a.lat);
  const dLng = radians(b.lng - a.lng);
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLng / 2) ** 2;
  return 2 * EARTH_METRES * Math.asin(Math.sqrt(Math.min(1, h)));
}

/** Travel where no roads are loaded: the straight line, stretched, at the city's speed. */
export function byLine(
  from: Point,
  to: Point,
  { factor, speedKmPerH }: { factor: number; speedKmPerH: number },
): Travel {
  const metres = Math.round(metresBetween(from, to) * factor);
  return { metres, seconds: Math.round(metres / (speedKmPerH / 3.6)), by: 'line' };
}
