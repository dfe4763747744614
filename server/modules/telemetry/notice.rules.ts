import { conditionOf, isHushed, type Quiet } from './conditions.rules.ts';
import { kindOf, type Slot } from './finding.rules.ts';
import type { Message, Notice } from './message.ts';
import { type ActiveNotice, type Draft, originOf } from './state.rules.ts';
import { type Run, remember, wasOverAt } from './step.rules.ts';

const MANY = 32; // more active codes than this on one elevator is noise

const keyOf = (source: number, { noticeId, rawCode }: Notice): string => `${source}:${noticeId ?? `=${rawCode}`}`;

/** Take a sender's fault or alarm in. `late`: older than what we have heard already. */
export function takeNotice(run: Run, told: { message: Message; notice: Notice; at: number; late: boolean }): void {
  const { message, notice, at, late } = told;
  if (notice.code === 'no_fault' && notice.phase === 'add') return clearFaults(run.draft, message.sourceNo, at);
  if (notice.phase === 'clear') return clearNotice(run.draft, message.sourceNo, { notice, at });
  const slot = kindOf(notice.code);
  if (slot === null || notice.code === 'unmapped') return;
  const limitMs = run.context.thresholds.clock.lateSeconds * 1000;
  if (late && run.draft.at - at > limitMs) return;
  const key = keyOf(message.sourceNo, notice);
  if (wasOverAt(run.draft, key, at) || wasOverAt(run.draft, slot, at)) return;
  addNotice(run.draft, { ...originOf(message), slot, key, code: notice.code, at, againstAt: 0 }, late);
}

/** One entry per sender and code: a sender that adds again under a new id means the same fault. */
function addNotice(draft: Draft, notice: ActiveNotice, late: boolean): void {
  const same = draft.notices.find((n) => n.source === notice.source && n.code === notice.code);
  if (same) {
    if (late || same.key === notice.key) return;
    draft.notices = draft.notices.map((n) => (n === same ? { ...n, key: notice.key } : n));
  } else if (draft.notices.length < MANY) draft.notices = [...draft.notices, notice];
}

function clearNotice(draft: Draft, source: number, { notice, at }: { notice: Notice; at: number }): void {
  const key = keyOf(source, notice);
  const over = (n: ActiveNotice) =>
    n.source === source && n.at <= at && (n.key === key || (notice.noticeId === null && n.code === notice.code));
  draft.notices = draft.notices.filter((n) => !over(n));
  remember(draft, key, at);
}

const ALARMS: ReadonlySet<Slot> = new Set<Slot>(['entrapment', 'button_alarm', 'power_cut']);

/** 00 无故障: every fault of this sender is over; alarms and power are not faults. */
function clearFaults(draft: Draft, source: number, at: number): void {
  const gone = draft.notices.filter((n) => n.source === source && n.at <= at && !ALARMS.has(n.slot));
  if (gone.length === 0) return;
  draft.notices = draft.notices.filter((n) => !gone.includes(n));
  for (const { key } of gone) remember(draft, key, at);
}

/** Drop notices that mean nothing now, and those the status has long shown to be over. Returns since when which slots are overruled. */
export function reviewNotices(run: Run, quiet: Quiet): ReadonlyMap<Slot, number> {
  const { draft, now } = run;
  if (draft.notices.length === 0) return none;
  const overruled = new Map<Slot, number>();
  draft.notices = draft.notices.flatMap((n) => {
    if (isHushed(draft, n.slot, quiet)) return [];
    const condition = conditionOf(n.slot);
    if (!condition?.refutes?.(draft)) return n.againstAt === 0 ? n : { ...n, againstAt: 0 };
    const againstAt = n.againstAt === 0 ? now : n.againstAt;
    const overAt = againstAt + waitMs(run, n.slot);
    if (now < overAt + run.lagMs) return againstAt === n.againstAt ? n : { ...n, againstAt };
    overruled.set(n.slot, overAt);
    remember(draft, n.key, overAt);
    return [];
  });
  return overruled;
}

const none: ReadonlyMap<Slot, number> = new Map();

const waitMs = ({ context: { thresholds } }: Run, slot: Slot): number =>
  1000 * (conditionOf(slot)?.proof ? thresholds.clear.seconds : thresholds.clear.overruleSeconds);

/** When a notice that the status speaks against will be dropped. */
export const noticeDueAt = (run: Run, notice: ActiveNotice): number =>
  notice.againstAt === 0 ? Number.POSITIVE_INFINITY : notice.againstAt + waitMs(run, notice.slot);
