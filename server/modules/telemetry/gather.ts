import { type Car, copyCar, countMessage, isDue, type Learned, newCar, takeMessage, takeTicks } from './car.rules.ts';
import { type History, openHistory } from './commit.store.ts';
import type { Context } from './detect.rules.ts';
import type { Known } from './directory.service.ts';
import { type SetAside, type SetAsideReason, setAside } from './ingest.ts';
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
  cars: Map<number, { car: Car; known: Known }>; // drafts until the commit stands
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
  /** A car that nobody needs any more, to be written over. */
  spare: () => Car | undefined;
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

/** What came, and the cars whose time has come. */
type Given = { submissions: readonly Submission[]; due: readonly Known[] };

/**
 * Take submissions through detection, in order; then let time pass for the cars that wait for it. Where our own rules break, the
 * message is set aside and everything is gathered anew without it: thrown on, it would end the process, come again from its
 * sender and end it again, and nobody's alarm would be heard. Each is told to `onBroken`.
 */
export function gather(given: Given, ground: Ground, onBroken: (broken: Broken) => void): Gathered {
  let left = given;
  for (;;) {
    try {
      return gatherOnce(left, ground);
    } catch (error) {
      // What broke is named: without it the rest is gathered. Anything else goes up.
      if (!(error instanceof Broken)) throw error;
      onBroken(error);
      left = without(error, left);
    }
  }
}

/** A message, or a car's moment, at which our own rules broke. Nothing of the gathering counts. */
export class Broken extends Error {
  readonly at: Offered | Known;
  constructor(at: Offered | Known, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.at = at;
  }
}

function without({ at, message }: Broken, { submissions, due }: Given): Given {
  if (!('raw' in at)) return { submissions, due: due.filter((known) => known !== at) };
  const { refusal } = setAside('rules_failed', message);
  const instead = { setAside: { ...refusal, elevator: `id ${at.known.id}` }, raw: at.raw };
  const mended = ({ items, ...rest }: Submission): Submission => ({
    ...rest,
    items: items.map((item) => (item === at ? instead : item)),
  });
  return { submissions: submissions.map((s) => (s.items.includes(at) ? mended(s) : s)), due };
}

function gatherOnce({ submissions, due }: Given, ground: Ground): Gathered {
  const gathered = emptyGathering(submissions);
  const outcomes = submissions.map((submission) => {
    const taken = submission.items.map((item) => take(gathered, { submission, item, ground }));
    tally(gathered, submission.source.no, taken);
    return taken;
  });
  for (const known of due) passTime(gathered, known, ground);
  return { ...gathered, outcomes };
}

type Taking = { submission: Submission; item: Item; ground: Ground };

function take(gathered: Gathered, taking: Taking): Outcome {
  const { item } = taking;
  if ('setAside' in item) return aside(gathered, taking, item.setAside);
  try {
    return keep(gathered, taking, item);
  } catch (cause) {
    // Our own mistake, whatever it is: said which message it happened at.
    throw new Broken(item, cause);
  }
}

function tally({ tallies }: Gathered, sourceNo: number, outcomes: readonly Outcome[]): void {
  const counts = new Map<Outcome, number>();
  for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  for (const [outcome, messages] of counts) {
    const key = `${sourceNo} ${outcome}`;
    const before = tallies.get(key)?.messages ?? 0;
    tallies.set(key, { sourceNo, outcome, messages: before + messages });
  }
}

function aside(gathered: Gathered, { submission, item, ground }: Taking, why: SetAside): Outcome {
  gathered.asides.push({ submission, setAside: why, raw: item.raw(), receivedMs: ground.nowMs });
  return why.reason;
}

/** Room 4 for one message, and what it leaves to be written. */
function keep(gathered: Gathered, taking: Taking, { known, message, pos }: Offered): Outcome {
  const { ground } = taking;
  const before = carBefore(gathered, known.no, ground) ?? newCar(known.no);
  const { seen, windows } = countMessage(before, message);
  if (seen === 'repeated') return 'repeated';
  if (seen === 'too_old') {
    const detail = `/seq: ${message.seq}, /boot: ${message.boot}`;
    return aside(gathered, taking, { reason: 'seq_too_old', detail, elevator: known.id });
  }
  gathered.history.add(readingOf(message, pos));
  gathered.first ??= message;
  gathered.firstPos ||= pos;
  gathered.lastPos = pos;
  noteGap(gathered, { heardMs: before.heardMs, known, message, ground });
  noteStray(gathered, message);
  const car = draftFor(gathered, { known, before, ground });
  const changes = takeMessage(car, message, { pos, windows, context: ground.contextOf(known) });
  if (changes.length > 0) gathered.learned.push(...learn(known, car, changes));
  return 'stored';
}

/** Take a row of history again, after a start: what it did to state and findings, without writing it twice. */
export function replay(gathered: Gathered, { known, message, pos }: Omit<Offered, 'raw'>, ground: Ground): void {
  const before = carBefore(gathered, known.no, ground) ?? newCar(known.no);
  if (before.pos >= pos) return;
  const { seen, windows } = countMessage(before, message);
  if (seen === 'new') {
    const car = draftFor(gathered, { known, before, ground });
    const changes = takeMessage(car, message, { pos, windows, context: ground.contextOf(known) });
    if (changes.length > 0) gathered.learned.push(...learn(known, car, changes));
  }
  gathered.lastPos = pos;
}

function passTime(gathered: Gathered, known: Known, ground: Ground): void {
  const before = carBefore(gathered, known.no, ground);
  if (!before || !isDue(before, ground.nowMs)) return;
  try {
    const car = draftFor(gathered, { known, before, ground });
    gathered.learned.push(...learn(known, car, takeTicks(car, ground.nowMs, ground.contextOf(known))));
  } catch (cause) {
    // As above: said which car it happened at.
    throw new Broken(known, cause);
  }
}

/** A car as it stands: the draft of this gathering, or what was committed or is being committed. */
const carBefore = ({ cars }: Gathered, no: number, ground: Ground): Car | undefined =>
  cars.get(no)?.car ?? ground.carOf(no);

type Drafting = { known: Known; before: Car; ground: Ground };

/**
 * The car that this gathering may change. What it was before stays as it is: should the commit fail, it is true again.
 * A draft is written over a car that is spare: what is made anew for each message lives until the commit, and cost the
 * collector a third of the process's time.
 */
function draftFor({ cars }: Gathered, { known, before, ground }: Drafting): Car {
  const drafted = cars.get(known.no);
  if (drafted) {
    drafted.known = known;
    return drafted.car;
  }
  const car = ground.spare() ?? newCar(known.no);
  copyCar(car, before);
  cars.set(known.no, { car, known });
  return car;
}

/** What became known of a car, under whoever spoke of it last. */
const learn = (known: Known, { sourceNo }: Car, changes: readonly Learned[]): Gathered['learned'] =>
  changes.map((learned) => ({ known, sourceNo, learned }));

/** Silence that this message ends, when it was longer than the city's limit and not ours. */
function noteGap(gathered: Gathered, { heardMs, known, message, ground }: Heard): void {
  if (heardMs === 0) return;
  const fromMs = Math.max(heardMs, ground.listeningSinceMs);
  const toMs = message.receivedMs;
  if (toMs - fromMs <= ground.offlineMs) return;
  gathered.gaps.push({ known, sourceNo: message.sourceNo, fromMs, toMs });
}

type Heard = { heardMs: number; known: Known; message: Message; ground: Ground };

const HOUR_MS = 3_600_000;

/** A message that speaks of another hour than the one it arrives in: history must look there too. */
function noteStray(gathered: Gathered, { elevatorNo, deviceMs: atMs, receivedMs }: Message): void {
  if (Math.abs(atMs - receivedMs) < HOUR_MS) return;
  const key = `${elevatorNo} ${Math.floor(atMs / HOUR_MS)} ${Math.floor(receivedMs / HOUR_MS)}`;
  gathered.strays.set(key, { elevatorNo, atMs, receivedMs });
}
