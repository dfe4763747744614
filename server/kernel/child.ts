/** What a child process tells the supervisor that started it. */
export type FromChild =
  | { kind: 'listening'; address: string } // pages can be opened
  | { kind: 'demo_ready' }; // the demo city stands: its simulator may begin

/** Tell the supervisor, if there is one: started by hand, a process has nobody to tell. */
export function tellSupervisor(message: FromChild): void {
  if (process.connected) process.send?.(message);
}

/**
 * Call `stop` once when this process is asked to end: SIGINT, SIGTERM, or the supervisor is gone. The process ends
 * when `stop` has; a second request, or 15 seconds, ends it at once.
 */
export function onStop(stop: () => Promise<void>): void {
  let asked = false;
  const begin = () => {
    if (asked) process.exit(1);
    asked = true;
    setTimeout(() => process.exit(1), 15_000).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`Stopping failed: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', begin);
  process.on('SIGTERM', begin);
  // Without a supervisor nobody would ever end this process, and it would keep ports and database.
  if (process.connected) process.once('disconnect', begin);
}
