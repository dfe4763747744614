import type { Tx } from '../../kernel/db.ts';
import { derivedId } from '../../kernel/ids.ts';
import { publish } from '../../kernel/outbox.ts';
import type { PowerCut } from './events.ts';
import type { Thresholds } from './pack.ts';
import { groupPowerCuts } from './power.rules.ts';
import { endCuts, isCounted, knownCut, lockPlace, outagesNear, placeOf, saveCut } from './power-cut.store.ts';
import type { TelemetryTables } from './tables.ts';

/**
 * One elevator lost its mains: are there enough of its place by now to call it a power cut? Told again as it grows. Under a
 * feeder that goes dark hundreds are told within seconds, and whoever looks counts all that stand by then: each of the others
 * finds itself counted, and a cut is not told five hundred times.
 */
export async function noticeOutage(
  tx: Tx<TelemetryTables>,
  findingId: string,
  limits: Thresholds['power'],
): Promise<void> {
  const place = await placeOf(tx, findingId);
  if (!place) return;
  await lockPlace(tx, place);
  if (await isCounted(tx, place)) return;
  const outages = await outagesNear(tx, place, findingId);
  // By time as well: the same elevators may have been dark hours ago.
  const beganAt = place.beganAt.getTime();
  const group = groupPowerCuts(outages, limits).find(
    (one) => one.startedAt <= beganAt && beganAt <= one.lastAt && one.elevatorIds.includes(place.elevatorId),
  );
  if (!group) return;
  const cut = { ...group, id: (await knownCut(tx, group)) ?? group.id };
  const audience = await saveCut(tx, cut);
  const event: PowerCut = {
    type: 'telemetry.power_cut',
    v: 1,
    data: {
      cutId: cut.id,
      feeder: cut.feeder,
      communityCode: cut.communityCode,
      elevatorIds: [...cut.elevatorIds],
      startedAt: new Date(cut.startedAt).toISOString(),
    },
  };
  const version = cut.elevatorIds.length;
  await publish(tx, [
    {
      id: derivedId(cut.id, event.type, version),
      type: event.type,
      v: event.v,
      occurredAt: new Date(cut.startedAt),
      subject: cut.id,
      version,
      audience,
      data: event.data,
    },
  ]);
}

/** One elevator has its mains again: the cut ends with the last. */
export const noticePower = (tx: Tx<TelemetryTables>, elevatorId: string, at: Date): Promise<void> =>
  endCuts(tx, elevatorId, at);
