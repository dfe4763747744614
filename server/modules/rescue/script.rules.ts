import { type Incident, isActive, phaseOf } from './incident.rules.ts';

/** What to say to the people inside now, as codes of words/rescue.ts: comfort first, then what is special, then progress. */
export function scriptFor(incident: Incident): readonly string[] {
  const { needs } = incident;
  const phase = phaseOf(incident);
  if (phase === 'released' || incident.end) return ['rescue.script.after'];
  return [
    'rescue.script.calm',
    'rescue.script.stay_away_from_door',
    ...(needs.fire ? ['rescue.script.fire'] : []),
    ...(needs.water ? ['rescue.script.water'] : []),
    ...(needs.injuries || needs.patients ? ['rescue.script.unwell'] : []),
    ...(needs.infants ? ['rescue.script.infant'] : []),
    ...(needs.elders ? ['rescue.script.elder'] : []),
    progressLine(incident),
  ];
}

/** One line on how far it is. */
export function progressLine(incident: Incident): string {
  if (incident.released || incident.end) return 'rescue.script.after';
  if (incident.offers.some((o) => o.state === 'arrived')) return 'rescue.script.on_site';
  if (incident.offers.some(isActive)) return 'rescue.script.coming';
  if (incident.level === 3) return 'rescue.script.emergency_services';
  return incident.offers.length > 0 ? 'rescue.script.asking' : 'rescue.script.received';
}

/** Seconds until somebody is there, counted from the acceptance; null: nobody has accepted, or nobody knows. */
export function etaSeconds(
  { acceptedAt, travelSeconds }: { acceptedAt: Date | null; travelSeconds: number | null },
  now: Date,
): number | null {
  if (acceptedAt === null || travelSeconds === null) return null;
  return Math.max(0, Math.round(travelSeconds - (now.getTime() - acceptedAt.getTime()) / 1000));
}
