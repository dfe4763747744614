import type { Condition } from './condition.rules.ts';
import { conditionOf, conditionsOf, isHushed, type Quiet } from './conditions.rules.ts';
import type { Message } from './message.ts';
import { type Hold, openIn, originOf } from './state.rules.ts';
import type { Run } from './step.rules.ts';

/** Ask every condition of the present after a message: begin holds, count samples, note breaks. */
export function updateHolds(run: Run, quiet: Quiet, message: Message): void {
  const { draft, context } = run;
  for (const condition of conditionsOf(context.facts.kind)) {
    const hold = holdOf(draft, condition.slot);
    const holds = doesHold(run, condition, hold) && !isHushed(draft, condition.slot, quiet);
    if (!holds && !hold) continue;
    const next = nextHold(run, condition, { hold, holds, message });
    if (next === hold) continue;
    const others = hold ? draft.holds.filter((h) => h !== hold) : draft.holds;
    draft.holds = next ? [...others, next] : others;
  }
}

const holdOf = ({ holds }: Run['draft'], slot: Hold['slot']): Hold | undefined =>
  holds.length === 0 ? undefined : holds.find((h) => h.slot === slot);

/** What is open already is kept by its own, stronger rule. */
function doesHold({ draft, context }: Run, condition: Condition, hold: Hold | undefined): boolean {
  if (hold && condition.keeps && openIn(draft, condition.slot)) return condition.keeps(draft);
  return condition.holds(draft, context);
}

type Seen = { hold: Hold | undefined; holds: boolean; message: Message };

function nextHold(run: Run, condition: Condition, { hold, holds, message }: Seen): Hold | undefined {
  const counts = message.body.kind === 'status';
  if (!hold) {
    const { source, boot, mark } = originOf(message);
    const heardAt = message.receivedMs;
    return { source, boot, mark, slot: condition.slot, since: run.now, heardAt, seen: 1, goneAt: 0 };
  }
  if (holds) {
    if (hold.goneAt === 0 && (!counts || !condition.samples)) return hold;
    return { ...hold, goneAt: 0, seen: counts ? hold.seen + 1 : hold.seen };
  }
  if (condition.samples && !openIn(run.draft, condition.slot)) return undefined; // in a row, or not at all
  return hold.goneAt === 0 ? { ...hold, goneAt: run.now } : hold;
}

/** Messages are missing: what held may have stopped and begun again meanwhile, so what is not yet known starts anew. */
export function restartHolds({ draft, now, context }: Run, message: Message): void {
  draft.leftOpen = false;
  draft.settleAt = now + context.thresholds.entrapment.occupancySettleSeconds * 1000; // the door may have been open
  if (draft.holds.length === 0) return;
  const heardAt = message.receivedMs;
  draft.holds = draft.holds.flatMap((hold) => {
    if (openIn(draft, hold.slot)) return hold;
    return hold.goneAt === 0 ? { ...hold, since: Math.max(hold.since, now), heardAt, seen: 0 } : [];
  });
}

/** Drop holds that broke for longer than a sensor's flapping, and all that must be silent now. */
export function endHolds(run: Run, quiet: Quiet): void {
  const { draft, now, context } = run;
  const clearMs = context.thresholds.clear.seconds * 1000 + run.lagMs;
  const stays = (hold: Hold): boolean =>
    !isHushed(draft, hold.slot, quiet) && (hold.goneAt === 0 || now - hold.goneAt < clearMs);
  if (!draft.holds.every(stays)) draft.holds = draft.holds.filter(stays);
}

/** From when the hold counts. Far behind our clock, a sender's clock is not trusted to have run its time. */
const countsFrom = (run: Run, hold: Hold): number =>
  hold.heardAt - hold.since > run.context.thresholds.clock.lateSeconds * 1000 ? hold.heardAt : hold.since;

/** When time alone completes a hold; never, if it needs more samples or is broken. */
export function holdDueAt(run: Run, hold: Hold): number {
  const condition = conditionOf(hold.slot);
  if (!condition || hold.goneAt !== 0) return Number.POSITIVE_INFINITY;
  if (hold.seen < (condition.samples?.(run.context) ?? 0)) return Number.POSITIVE_INFINITY;
  const from = run.byClock ? countsFrom(run, hold) : hold.since;
  return from + condition.seconds(run.context, run.draft) * 1000;
}

/** A third of the time must be vouched for by the sender: a box that fell silent at once has proved nothing. */
const VOUCHED = 1 / 3;

export const isVouched = ({ aliveAt, context, draft }: Run, hold: Hold): boolean =>
  aliveAt >= hold.since + (conditionOf(hold.slot)?.seconds(context, draft) ?? 0) * 1000 * VOUCHED;

export const isDue = (run: Run, hold: Hold): boolean =>
  run.now >= holdDueAt(run, hold) + run.lagMs && isVouched(run, hold);
