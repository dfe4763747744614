const LOOKS_EVERY_MS = 500;

/**
 * End this process as SIGTERM does when the one that started it is gone. npm hands a signal to the shell it started, and a
 * shell that does not pass it on dies alone: nobody would ever end what it started.
 */
export function endWithParent(): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, LOOKS_EVERY_MS);
  watch.unref();
}
