/** Something that runs until it ends: a child process, or the embedded database. */
export type Running = { ended: Promise<void>; stop: () => Promise<void> };

/** First wait after a crash, doubled after each further one; forgotten after a quiet minute. */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 15_000;
const QUIET_MS = 60_000;

/** How long to wait before starting again what has now crashed `crashes` times in a row. */
export const waitBeforeRestartMs = (crashes: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, crashes - 1));

export type Keeping = {
  name: string;
  start: () => Promise<Running>;
  say: (line: string) => void;
};

/**
 * Keep something running: started now, and again whenever it ends by itself, with growing pauses. Resolves when it runs
 * for the first time; throws if that first start fails. Returns how to stop it for good.
 */
export async function keepRunning({ name, start, say }: Keeping): Promise<() => Promise<void>> {
  let stopping = false;
  let wake = () => {};
  let running = await start();
  let startedAt = Date.now();
  const watch = (async () => {
    for (let crashes = 0; ; ) {
      await running.ended;
      if (stopping) return;
      crashes = Date.now() - startedAt > QUIET_MS ? 1 : crashes + 1;
      const waitMs = waitBeforeRestartMs(crashes);
      say(`${name} ended by itself; starting it again in ${waitMs / 1000} s`);
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, waitMs);
      });
      if (stopping) return;
      startedAt = Date.now();
      running = await start().catch((error: unknown) => {
        say(`${name} did not start: ${error instanceof Error ? error.message : String(error)}`);
        return NOTHING_RUNS;
      });
      if (stopping) return running.stop();
    }
  })();
  return async () => {
    stopping = true;
    wake();
    await running.stop();
    await watch;
  };
}

const NOTHING_RUNS: Running = { ended: Promise.resolve(), stop: () => Promise.resolve() };
