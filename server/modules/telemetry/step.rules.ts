import type { FindingChange } from './finding.rules.ts';
import type { Context, Draft } from './state.rules.ts';

/** One step under way: the state being made, what changed, and which time it is. */
export type Run = {
  draft: Draft;
  changes: FindingChange[];
  context: Context;
  now: number; // ms: the sender's corrected clock for a message, ours for a tick
  aliveAt: number; // the newest moment of which the sender has told
  byClock: boolean; // a tick: time alone decides
  lagMs: number; // then, how long to wait for a slow sender; 0 when a message decides
};

const REMEMBERED_MS = 900_000;
const REMEMBERED = 12;

/** Remember that something is over, so that a late repeat of it does not begin it again. */
export function remember(draft: Draft, what: string, at: number): void {
  const kept = draft.over.filter((o) => o.what !== what && at - o.at < REMEMBERED_MS).slice(1 - REMEMBERED);
  draft.over = [...kept, { what, at }];
}

export const wasOverAt = (draft: Draft, what: string, at: number): boolean =>
  draft.over.some((o) => o.what === what && o.at >= at);
