import type { Logger } from 'pino';
import type { Car } from './car.rules.ts';
import { type Carrier, hasNoRoom } from './carrier.ts';
import type { Committer } from './commit.service.ts';
import type { Known } from './directory.service.ts';
import { type Broken, type Gathered, type Ground, gather, type Submission } from './gather.ts';
import { hasteFirst } from './haste.rules.ts';
import type { Wheel } from './wheel.ts';

export type JournalDeps = {
  committer: Committer;
  cars: Map<number, Car>; // what is committed; a car is written over soon after a newer one took its place: keep none
  wheel: Wheel;
  dirty: Map<number, Known>; // cars whose live row is older than they are
  knownOf: (no: number) => Known | undefined;
  groundOf: (cars: Pick<Ground, 'carOf' | 'spare'>) => Ground;
  now: () => Date;
  log: Logger;
  onCommit: (gathered: Gathered) => void;
};

/** Messages on their way into the database: durable after the commit that holds them. */
export type Journal = Carrier & { committedPos: () => number };

const ROWS_A_COMMIT = 5_000;
const GATHER_MS = 15; // how long the first message waits for company
const TICK_MS = 250;
const TICKS_A_COMMIT = 2_000;
const PATIENCE_MS = 10_000; // after this, senders are told that nothing was kept
const RETRY_MS = 250;

type Landing = { stands: true } | { stands: false; again: readonly Submission[] };

/**
 * Group commit: everything that waits goes into one transaction, while the next is being gathered. State counts only
 * once its transaction stands; when it fails, what was gathered on it goes back to the queue, in order.
 */
export function openJournal(deps: JournalDeps): Journal {
  const queue = openQueue(deps);
  const bell = openBell();
  const spare: Car[] = []; // cars that newer ones have taken the place of: as many as a commit or two hold
  let committedPos = 0;
  let stopping = false;

  const loop = async (): Promise<void> => {
    let flying: { gathered: Gathered; landing: Promise<Landing> } | null = null;
    for (;;) {
      if (queue.length() === 0 && !flying) {
        if (stopping) return;
        await bell.rung(TICK_MS);
      }
      if (queue.waiting() < ROWS_A_COMMIT && queue.length() > 0) await pause(GATHER_MS);
      const next = gatherNext(deps, queue, { flying: flying?.gathered, spare });
      const landing: Landing = flying ? await flying.landing : { stands: true };
      if (flying && landing.stands) {
        spare.push(...apply(deps, queue, flying.gathered));
        committedPos = Math.max(committedPos, flying.gathered.lastPos);
      }
      if (!landing.stands) {
        queue.putBack([...landing.again, ...(next?.submissions ?? [])]);
        wakeAgain(deps, next);
      }
      flying = next && landing.stands ? { gathered: next, landing: land(deps, queue, next) } : null;
    }
  };
  const ended = loop();

  return {
    submit: (submission) => {
      const full = stopping || hasNoRoom(queue.waiting(), submission);
      if (full) return submission.done('away', submission.items);
      queue.push(submission);
      bell.ring();
    },
    waiting: queue.waiting,
    committedPos: () => committedPos,
    failingSinceMs: queue.failingSinceMs,
    stop: async () => {
      stopping = true;
      bell.ring();
      await ended;
    },
  };
}

type Under = { flying: Gathered | undefined; spare: Car[] };

/** Gather what waits, on what is committed and what is being committed; null when there is nothing. */
function gatherNext(deps: JournalDeps, queue: Queue, { flying, spare }: Under): Gathered | null {
  const [submissions, due] = [queue.take(), dueCars(deps, deps.now().getTime())];
  if (submissions.length + due.length === 0) return null;
  const ground = deps.groundOf({
    carOf: (no) => flying?.cars.get(no)?.car ?? deps.cars.get(no),
    spare: () => spare.pop(),
  });
  return gather({ submissions, due }, ground, (broken) => tellBroken(deps.log, broken));
}

const tellBroken = (log: Logger, { at, cause }: Broken): void =>
  log.error({ error: cause, at: 'raw' in at ? at.raw().toString('utf8') : at.id }, 'detection broke; the others go on');

/** A commit stands: what was gathered is true from now on, and its senders hear so. Returns the cars it replaced. */
function apply({ cars, dirty, wheel, onCommit }: JournalDeps, queue: Queue, gathered: Gathered): readonly Car[] {
  const replaced: Car[] = [];
  for (const [no, { car, known }] of gathered.cars) {
    const before = cars.get(no);
    if (before) replaced.push(before);
    cars.set(no, car);
    dirty.set(no, known);
    wheel.set(no, car.wakeMs);
  }
  queue.healthy();
  onCommit(gathered);
  for (const [i, submission] of gathered.submissions.entries()) queue.finish(submission, gathered.outcomes[i] ?? []);
  return replaced;
}

type Queue = ReturnType<typeof openQueue>;

/** Submissions that wait for a commit, and how long the database has been taking none. */
function openQueue({ now, cars }: Pick<JournalDeps, 'now' | 'cars'>) {
  let queue: Submission[] = [];
  let waiting = 0;
  let isHasty = false; // every other time what is in haste, and then whoever waits longest: nobody waits for ever
  let failingSinceMs: number | null = null;
  const finish = (submission: Submission, outcome: Parameters<Submission['done']>[0]): void => {
    waiting -= submission.items.length;
    submission.done(outcome, submission.items);
  };
  const isLate = ({ offeredMs }: Submission): boolean => now().getTime() - offeredMs > PATIENCE_MS;
  return {
    push: (submission: Submission): void => {
      waiting += submission.items.length;
      queue.push(submission);
    },
    take: (): readonly Submission[] => {
      isHasty = !isHasty && waiting > ROWS_A_COMMIT; // with less, everything is taken at once
      const hasty = isHasty ? hasteFirst(queue, (no) => cars.get(no)) : [];
      if (hasty.length === 0) return takeFrom(queue);
      const taken = new Set(takeFrom(hasty));
      queue = queue.filter((submission) => !taken.has(submission));
      return [...taken];
    },
    /** Put these before the rest. Nobody waits longer than promised, whatever the database does. */
    putBack: (submissions: readonly Submission[]): void => {
      for (const submission of [...submissions, ...queue.splice(0)]) {
        if (isLate(submission)) finish(submission, 'away');
        else queue.push(submission);
      }
    },
    finish,
    waiting: () => waiting,
    length: () => queue.length,
    healthy: (): void => {
      failingSinceMs = null;
    },
    failing: (): void => {
      failingSinceMs ??= now().getTime();
    },
    failingSinceMs: () => failingSinceMs,
  };
}

/** Commit, and find out whether it stands, however long the database is away. */
async function land(deps: JournalDeps, queue: Queue, gathered: Gathered): Promise<Landing> {
  const failure = await deps.committer.commit(gathered).then(
    () => null,
    (error: unknown) => ({ error }),
  );
  if (failure === null) return { stands: true };
  queue.failing();
  deps.log.error({ error: failure.error, messages: gathered.history.rows() }, 'a commit of telemetry failed');
  for (;;) {
    await pause(RETRY_MS);
    queue.putBack([]);
    // The database is still away: ask again.
    const stands = await deps.committer.stands(gathered).catch(() => null);
    if (stands === true) return { stands };
    if (stands === false) return { stands, again: againAfter(deps, queue, { gathered, error: failure.error }) };
  }
}

/** What was gathered is not true: cars that it took from the wheel go back there, or their time would never come. */
function wakeAgain({ wheel, now }: JournalDeps, gathered: Gathered | null): void {
  for (const no of gathered?.cars.keys() ?? []) wheel.set(no, now().getTime() + RETRY_MS);
}

type Failed = { gathered: Gathered; error: unknown };

/** What is tried again. A message that the database cannot take must not stop the others: each goes alone, once. */
function againAfter(deps: JournalDeps, queue: Queue, { gathered, error }: Failed): readonly Submission[] {
  const { submissions } = gathered;
  wakeAgain(deps, gathered);
  if (isOutage(error)) return submissions;
  const [only] = submissions;
  if (submissions.length !== 1 || !only?.alone) return submissions.map((s) => ({ ...s, alone: true }));
  queue.finish(only, 'away');
  return [];
}

/** The next submissions to commit together: as many as fill a commit, or one that must go alone. */
function takeFrom(queue: Submission[]): readonly Submission[] {
  let rows = 0;
  let count = 0;
  for (const { items, alone } of queue) {
    if (alone && count > 0) break;
    rows += items.length;
    count += 1;
    if (alone || rows >= ROWS_A_COMMIT) break;
  }
  return queue.splice(0, count);
}

/** Cars for which time has come. The wheel may wake early: those are set again. */
function dueCars({ wheel, cars, knownOf }: JournalDeps, nowMs: number): readonly Known[] {
  return wheel.due(nowMs, TICKS_A_COMMIT).flatMap((no) => {
    const wakeMs = cars.get(no)?.wakeMs ?? null;
    if (wakeMs !== null && wakeMs > nowMs) wheel.set(no, wakeMs);
    const known = wakeMs !== null && wakeMs <= nowMs ? knownOf(no) : undefined;
    return known ? [known] : [];
  });
}

/** Did the commit fail because the database is away or overloaded, rather than because of what was written? */
function isOutage(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return !/^[0-9A-Z]{5}$/.test(code) || /^(08|40|53|55|57|58)/.test(code);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Sleep until somebody rings, at most so long. */
function openBell() {
  let wake = (): void => undefined;
  return {
    ring: () => wake(),
    rung: (ms: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}
