import { derivedId } from '../../kernel/ids.ts';
import type { Thresholds } from './pack.ts';

/** One elevator that lost its mains: from its finding and its file. */
export type Outage = {
  findingId: string;
  elevatorId: string;
  feeder: string | null;
  communityCode: string | null;
  beganAt: number; // ms
};

/** Many elevators of one feeder, or of one community where the feeder is not known, dark at once. */
export type PowerCutGroup = {
  id: string; // made from the place and the first outage, for a cut that nobody knows yet
  feeder: string | null;
  communityCode: string | null;
  startedAt: number; // ms
  lastAt: number; // ms: when the last of them went dark
  elevatorIds: readonly string[]; // in the order in which they went dark
};

/**
 * Which of these outages are one power cut: enough elevators of one place, each within the window of the one before.
 * An outage whose place is unknown belongs to no cut.
 */
export function groupPowerCuts(outages: readonly Outage[], limits: Thresholds['power']): readonly PowerCutGroup[] {
  const places = new Map<string, Outage[]>();
  for (const outage of outages.filter(hasPlace)) {
    const place = placeOf(outage);
    const here = places.get(place);
    if (here) here.push(outage);
    else places.set(place, [outage]);
  }
  return [...places].flatMap(([place, here]) =>
    chains(here, limits.groupWindowSeconds * 1000)
      .filter((chain) => new Set(chain.map((o) => o.elevatorId)).size >= limits.groupCount)
      .map((chain) => groupOf(place, chain)),
  );
}

const hasPlace = ({ feeder, communityCode }: Outage): boolean => feeder !== null || communityCode !== null;
const placeOf = ({ feeder, communityCode }: Outage): string =>
  feeder === null ? `community ${communityCode}` : `feeder ${feeder}`;

/** Outages in order, cut where the next came later than the window. */
function chains(outages: readonly Outage[], windowMs: number): readonly (readonly Outage[])[] {
  const ordered = [...outages].sort((a, b) => a.beganAt - b.beganAt || (a.findingId < b.findingId ? -1 : 1));
  const found: Outage[][] = [];
  for (const outage of ordered) {
    const chain = found.at(-1);
    const last = chain?.at(-1);
    if (chain && last && outage.beganAt - last.beganAt <= windowMs) chain.push(outage);
    else found.push([outage]);
  }
  return found;
}

function groupOf(place: string, chain: readonly Outage[]): PowerCutGroup {
  const [first] = chain;
  return {
    id: derivedId('power_cut', place, first?.findingId ?? ''),
    feeder: first?.feeder ?? null,
    communityCode: first?.feeder === null ? first.communityCode : null,
    startedAt: first?.beganAt ?? 0,
    lastAt: chain.at(-1)?.beganAt ?? 0,
    elevatorIds: [...new Set(chain.map((o) => o.elevatorId))],
  };
}
