import { type Incident, isActive } from './incident.rules.ts';

/** What to say to the people inside now, as codes of words/rescue.ts: comfort first, then what is special, then progress. */
export function scriptFor(incident: Incident): readonly string[] {
  const { needs } = incident;
  const stage = stageOf(incident);
  if (stage === 'after' || stage === 'dismissed') return [`rescue.script.${stage}`];
  return [
    'rescue.script.calm',
    'rescue.script.stay_away_from_door',
    ...(needs.fire ? ['rescue.script.fire'] : []),
    ...(needs.water ? ['rescue.script.water'] : []),
    ...(needs.injuries || needs.patients ? ['rescue.script.unwell'] : []),
    ...(needs.infants ? ['rescue.script.infant'] : []),
    ...(needs.elders ? ['rescue.script.elder'] : []),
    `rescue.script.${stage}`,
  ];
}

/** How far a rescue is, for those who wait for it. */
export type Stage = 'received' | 'asking' | 'coming' | 'emergency_services' | 'on_site' | 'after' | 'dismissed';

export function stageOf(incident: Incident): Stage {
  if (incident.released || incident.end?.name === 'closed') return 'after';
  if (incident.end) return 'dismissed';
  if (incident.offers.some((o) => o.state === 'arrived')) return 'on_site';
  if (incident.offers.some(isActive)) return 'coming';
  if (incident.level === 3) return 'emergency_services';
  return incident.offers.length > 0 ? 'asking' : 'received';
}

/** Seconds until somebody is there, counted from the acceptance; null: nobody has accepted, or nobody knows. */
export function etaSeconds(
  { acceptedAt, travelSeconds }: { acceptedAt: Date | null; travelSeconds: number | null },
  now: Date,
): number | null {
  if (acceptedAt === null || travelSeconds === null) return null;
  return Math.max(0, Math.round(travelSeconds - (now.getTime() - acceptedAt.getTime()) / 1000));
}
