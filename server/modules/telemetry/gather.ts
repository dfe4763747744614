import { type Car, type Learned, newCar, takeMessage, takeTicks } from './car.rules.ts';
import { type History, openHistory } from './commit.store.ts';
import type { Context } from './detect.rules.ts';
import type { Known } from './directory.service.ts';
import type { SetAside, SetAsideReason } from './ingest.ts';
import type { Message } from './message.ts';
import { readingOf } from './reading.rules.ts';
import type { Source } from './source.store.ts';

/** A message that may be kept, and how it came. */
export type Offered = { known: Known; message: Message; pos: number; raw: () => Buffer };
/** A message that was set aside before detection. */
export type Refused = { setAside: SetAside; raw: () => Buffer };
export type Item = Offered | Refused;

/** What becomes of a message once the commit stands. */
export type Outcome = 'stored' | 'repeated' | SetAsideReason;

/** Messages of one sender that are acknowledged together. */
export type Submission = {
  source: Source;
  door: 'mqtt' | 'http';
  items: readonly Item[];
  key: { text: string; bodySha256: Buffer } | null; // of a batch that may come again
  offeredMs: number;
  alone: boolean; // to be committed by itself, after a commit with others failed
  /** Told once: the outcomes in order after the commit, or why nothing was kept. */
  done: (outcomes: readonly Outcome[] | 'away', items: readonly Item[]) => void;
};

/** Everything one commit writes. Nothing of it is true before the commit. */
export type Gathered = {
  submissions: readonly Submission[];
  outcomes: readonly (readonly Outcome[])[];
  cars: Map<number, { car: Car; known: Known }>;
  history: History;
  first: Message | null; // of the new rows: found in history, the commit stands
  firstPos: number;
  lastPos: number;
  learned: { known: Known; sourceNo: number; learned: Learned }[];
  gaps: { known: Known; sourceNo: number; fromMs: number; toMs: number }[];
  strays: Map<string, { elevatorNo: number; atMs: number; receivedMs: number }>;
  asides: { submission: Submission; setAside: SetAside; raw: Buffer; receivedMs: number }[];
  tallies: Map<string, { sourceNo: number; outcome: Outcome; messages: number }>;
};

/** Where a gathering stands: what was committed or is being committed, and what detection must know. */
export type Ground = {
  carOf: (no: number) => Car | undefined;
  contextOf: (known: Known) => Context;
  offlineMs: number;
  listeningSinceMs: number;
  nowMs: number;
};

export const emptyGathering = (submissions: readonly Submission[]): Gathered => ({
  submissions,
  outcomes: [],
  cars: new Map(),
  history: openHistory(),
  first: null,
  firstPos: 0,
  lastPos: 0,
  learned: [],
  gaps: [],
  strays: new Map(),
  asides: [],
  tallies: new Map(),
});

/** Take submissions through detection, in order; then let time pass for the cars that wait for it. */
export function gather(submissions: readonly Submission[], due: readonly Known[], ground: Ground): Gathered {
  const gathered = emptyGathering(submissions);
  const outcomes = submissions.map((submission) =>
    submission.items.map((item) => take(gathered, { submission, item, ground })),
  );
  for (const known of due) passTime(gathered, known, ground);
  return { ...gathered, outcomes };
}

type Taking = { submission: Submission; item: Item; ground: Ground };

function take(gathered: Gathered, { submission, item, ground }: Taking): Outcome {
  const outcome =
    'setAside' in item
      ? aside(gathered, { submission, item, ground }, item.setAside)
      : keep(gathered, { submission, item, ground });
  const key = `${submission.source.no} ${outcome}`;
  const tally = gathered.tallies.get(key);
  if (tally) tally.messages += 1;
  else gathered.tallies.set(key, { sourceNo: submission.source.no, outcome, messages: 1 });
  return outcome;
}

function aside(gathered: Gathered, { submission, item, ground }: Taking, setAside: SetAside): Outcome {
  gathered.asides.push({ submission, setAside, raw: item.raw(), receivedMs: ground.nowMs });
  return setAside.reason;
}

/** Room 4 for one message, and what it leaves to be written. */
function keep(gathered: Gathered, { submission, item, ground }: Taking & { item: Offered }): Outcome {
  const { known, message, pos } = item;
  const before = gathered.cars.get(known.no)?.car ?? ground.carOf(known.no) ?? newCar(known.no);
  const taken = takeMessage(before, message, { pos, context: ground.contextOf(known) });
  if (taken.outcome === 'repeated') return 'repeated';
  if (taken.outcome === 'seq_too_old') {
    const setAside: SetAside = {
      reason: 'seq_too_old',
      detail: `/seq: ${message.seq}, /boot: ${message.boot}`,
      elevator: known.id,
    };
    return aside(gathered, { submission, item, ground }, setAside);
  }
  gathered.history.add(readingOf(message, pos));
  gathered.first ??= message;
  gathered.firstPos ||= pos;
  gathered.lastPos = pos;
  noteGap(gathered, { before, item, ground });
  noteStray(gathered, message);
  settle(gathered, known, taken);
  return 'stored';
}

/** Take a row of history again, after a start: what it did to state and findings, without writing it twice. */
export function replay(gathered: Gathered, { known, message, pos }: Omit<Offered, 'raw'>, ground: Ground): void {
  const before = gathered.cars.get(known.no)?.car ?? ground.carOf(known.no) ?? newCar(known.no);
  if (before.pos >= pos) return;
  settle(gathered, known, takeMessage(before, message, { pos, context: ground.contextOf(known) }));
  gathered.lastPos = pos;
}

function passTime(gathered: Gathered, known: Known, ground: Ground): void {
  const before = gathered.cars.get(known.no)?.car ?? ground.carOf(known.no);
  if (!before) return;
  const passed = takeTicks(before, ground.nowMs, ground.contextOf(known));
  if (passed.car !== before) settle(gathered, known, passed);
}

function settle(gathered: Gathered, known: Known, { car, learned }: { car: Car; learned: readonly Learned[] }): void {
  gathered.cars.set(known.no, { car, known });
  for (const one of learned) gathered.learned.push({ known, sourceNo: car.sourceNo, learned: one });
}

/** Silence that this message ends, when it was longer than the city's limit and not ours. */
function noteGap(gathered: Gathered, { before, item, ground }: { before: Car; item: Offered; ground: Ground }): void {
  if (before.heardMs === 0) return;
  const fromMs = Math.max(before.heardMs, ground.listeningSinceMs);
  const toMs = item.message.receivedAt.getTime();
  if (toMs - fromMs <= ground.offlineMs) return;
  gathered.gaps.push({ known: item.known, sourceNo: item.message.sourceNo, fromMs, toMs });
}

const HOUR_MS = 3_600_000;

/** A message that speaks of another hour than the one it arrives in: history must look there too. */
function noteStray(gathered: Gathered, { elevatorNo, deviceAt, receivedAt }: Message): void {
  const atMs = deviceAt.getTime();
  const receivedMs = receivedAt.getTime();
  if (Math.abs(atMs - receivedMs) < HOUR_MS) return;
  const key = `${elevatorNo} ${Math.floor(atMs / HOUR_MS)} ${Math.floor(receivedMs / HOUR_MS)}`;
  gathered.strays.set(key, { elevatorNo, atMs, receivedMs });
}
