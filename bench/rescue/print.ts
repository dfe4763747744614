import type { Heard } from './listen.ts';

/** When the messages of each elevator were sent. */
export type Sent = { of: Map<string, number[]>; messages: number; again: number };

export type Dark = {
  cars: number;
  sent: Sent;
  heard: Heard;
  rows: readonly {
    id: string;
    elevator_id: string;
    named: boolean;
    offered_at: Date | null;
    told_at: Date | null; // when telemetry wrote its first event of the car
    opened_at: Date | null; // when the incident was written
    evident_at: Date | null; // when the last evidence before the offer was complete: often by time that passed, not by a message
  }[];
  groups: number;
  cuts: number;
  late: number; // events that no module has heard of yet
  background: string;
};

const STREAM_BUDGET_MS = 1_000;
const NAMED_BUDGET_MS = 5_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * The stream is timed from the last message that was sent for the car before it: the one that made the case. The offer is
 * timed from the evidence that asked for it.
 */
export function printDark({ cars, sent, heard, rows, groups, cuts, late, background }: Dark): void {
  const since = (elevator: string, at: number) => {
    const before = (sent.of.get(elevator) ?? []).filter((t) => t <= at);
    return at - (before.at(-1) ?? at);
  };
  const stream = rows.flatMap((row) => {
    const at = heard.opened.get(row.id);
    return at === undefined ? [] : [since(row.elevator_id, at)];
  });
  const leg = (from: (row: Dark['rows'][number]) => number | undefined, to: typeof from) =>
    figures(rows.flatMap((row) => [[from(row), to(row)]]).flatMap(([a, b]) => (a && b ? [b - a] : [])));
  const toldAt = (row: Dark['rows'][number]) => row.told_at?.getTime();
  const openedAt = (row: Dark['rows'][number]) => row.opened_at?.getTime();
  const sentAt = (row: Dark['rows'][number]) => {
    const at = toldAt(row);
    return at && at - since(row.elevator_id, at);
  };
  const offered = rows.flatMap(({ offered_at: at, evident_at: from }) =>
    at && from ? [at.getTime() - from.getTime()] : [],
  );
  const doubled = rows.length - new Set(rows.map((r) => r.elevator_id)).size;
  say(`background                 ${background}`);
  say(`told at the doors          ${sent.messages} messages of ${cars} cars, batches sent again ${sent.again}`);
  say(
    `incidents                  ${rows.length} of ${cars}, doubled ${doubled}, in ${groups} event(s), power cuts seen ${cuts}`,
  );
  say(`events not handed on yet   ${late}`);
  say(`named or explained place   ${rows.filter((r) => r.named).length} of ${rows.length}`);
  say(`evidence → desk stream     ${figures(stream)}; budget p99 ${STREAM_BUDGET_MS} ms`);
  say(`  sent → telemetry's event ${leg(sentAt, toldAt)}`);
  say(`  event → incident         ${leg(toldAt, openedAt)}`);
  say(`  incident → desk stream   ${leg(openedAt, (row) => heard.opened.get(row.id))}`);
  say(`evidence → named rescuer   ${figures(offered)}; budget worst ${NAMED_BUDGET_MS} ms`);
}

function figures(waits: readonly number[]): string {
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return `${sorted.length} heard, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, worst ${at(1)} ms`;
}
