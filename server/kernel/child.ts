/** What a child process tells the supervisor that started it. */
export type FromChild =
  | { kind: 'listening'; address: string } // pages can be opened
  | { kind: 'set_up'; code: string } // nobody has an account yet: what the first administrator is made with
  | { kind: 'demo_ready' }; // the demo city stands: its simulator may begin

/** Tell the supervisor, if there is one: started by hand, a process has nobody to tell. */
export function tellSupervisor(message: FromChild): void {
  if (process.connected) process.send?.(message);
}

// Without a supervisor nobody would ever end this process, and the next one waits for its ports. It may be gone before
// this process is up: then there is nothing to stop yet.
let orphaned = (): void => process.exit(1);
if (process.connected) process.once('disconnect', () => orphaned());

const STOPS_WITHIN_MS = 15_000;
const ORPHAN_STOPS_WITHIN_MS = 2_000;

/**
 * Call `stop` once when this process is asked to end: SIGINT, SIGTERM, or the supervisor is gone. The process ends
 * when `stop` has; a second request ends it at once, and so do 15 seconds, or 2 without a supervisor.
 */
export function onStop(stop: () => Promise<void>): void {
  let asked = false;
  const begin = (withinMs: number) => {
    if (asked) process.exit(1);
    asked = true;
    setTimeout(() => process.exit(1), withinMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`Stopping failed: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', () => begin(STOPS_WITHIN_MS));
  process.on('SIGTERM', () => begin(STOPS_WITHIN_MS));
  orphaned = () => begin(ORPHAN_STOPS_WITHIN_MS);
}
