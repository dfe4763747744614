import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type MessagePort, parentPort, type TransferListItem, Worker } from 'node:worker_threads';
import { programDir } from './program.ts';
import { invariant } from './result.ts';

/** What a thread can be asked to do: functions of one argument. What travels is copied, or handed over (`transfer`). */
export type Work = Readonly<Record<string, (argument: never) => unknown>>;

/** Work that would hold up everybody else, in a thread of its own. Calls are begun in the order in which they are made. */
export type Thread<W extends Work> = {
  call: <Name extends keyof W & string>(
    name: Name,
    argument: Parameters<W[Name]>[0],
    transfer?: readonly TransferListItem[],
  ) => Promise<Awaited<ReturnType<W[Name]>>>;
  /** How often it was started. When that changes, what the thread remembered is gone. */
  starts: () => number;
  stop: () => Promise<void>;
};

type Settings = {
  idleMs?: number; // ended when nothing was asked for so long; left out: kept
  memoryMb?: number; // beyond this it ends alone, and its calls fail
};

type Question = { id: number; name: string; argument: unknown };
type Answer = { id: number; value: unknown } | { id: number; error: string };
type Waiting = { resolve: (value: unknown) => void; reject: (error: Error) => void };

/** A thread that runs this file, see `threadBeside`. It starts with the first call, and again after it failed. */
export function openThread<W extends Work>(file: URL, { idleMs, memoryMb }: Settings = {}): Thread<W> {
  const calls = openCalls();
  let running: Promise<Worker> | undefined;
  let starts = 0;
  let idle: NodeJS.Timeout | undefined;
  const end = async (): Promise<void> => {
    const ending = running;
    running = undefined;
    await (await ending)?.terminate();
  };
  const begin = async (): Promise<Worker> => {
    starts += 1;
    const resourceLimits = memoryMb === undefined ? {} : { maxOldGenerationSizeMb: memoryMb };
    const worker = new Worker(await builtFrom(file), { resourceLimits });
    worker.on('message', (told: Answer) => {
      if (!calls.hear(told)) return;
      worker.unref(); // nothing is asked: it keeps nobody from ending
      if (idleMs !== undefined) idle = setTimeout(() => void end(), idleMs).unref();
    });
    const over = (error: Error): void => {
      running = undefined;
      calls.fail(error);
    };
    worker.once('error', over);
    worker.once('exit', () => calls.waiting() > 0 && over(new Error(`the thread ${basename(file.pathname)} ended`)));
    return worker;
  };
  const ask = async (name: string, argument: unknown, transfer: readonly TransferListItem[]): Promise<unknown> => {
    clearTimeout(idle);
    running ??= begin();
    const worker = await running;
    worker.ref();
    const { id, answered } = calls.open();
    worker.postMessage({ id, name, argument } satisfies Question, [...transfer]);
    return answered;
  };
  return {
    // What a function of the thread returns is what comes back: `serveThread` is given those of the type.
    call: (name, argument, transfer = []) => ask(name, argument, transfer) as Promise<never>,
    starts: () => starts,
    stop: async () => {
      clearTimeout(idle);
      await end();
    },
  };
}

/** Calls that wait for their answer. */
function openCalls() {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  return {
    open: () => {
      last += 1;
      const id = last;
      const answered = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
      return { id, answered };
    },
    /** True when no other call waits. */
    hear: (told: Answer): boolean => {
      const asked = waiting.get(told.id);
      waiting.delete(told.id);
      if ('error' in told) asked?.reject(new Error(told.error));
      else asked?.resolve(told.value);
      return waiting.size === 0;
    },
    fail: (error: Error): void => {
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    },
    waiting: () => waiting.size,
  };
}

/** Inside the thread: answer calls by these functions. */
export function serveThread(work: Work): void {
  const port = parentPort;
  invariant(port !== null, 'this file runs in a thread');
  port.on('message', (question: Question) => void answer(port, work, question));
}

async function answer(port: MessagePort, work: Work, { id, name, argument }: Question): Promise<void> {
  try {
    const run = work[name];
    invariant(run !== undefined, `the thread knows ${name}`);
    port.postMessage({ id, value: await run(argument as never) } satisfies Answer);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    port.postMessage({ id, error: text } satisfies Answer);
  }
}

/** The program is built with its threads; from source, as tests run it, a thread is built when it is first wanted. */
async function builtFrom(file: URL): Promise<URL> {
  if (!file.pathname.endsWith('.ts')) return file;
  const { build } = await import('esbuild');
  const outdir = join(programDir, 'node_modules', '.cache', 'tian', `threads-${process.pid}`);
  mkdirSync(outdir, { recursive: true });
  process.once('exit', () => rmSync(outdir, { recursive: true, force: true }));
  await build({
    entryPoints: [fileURLToPath(file)],
    outdir,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
  return pathToFileURL(join(outdir, `${basename(file.pathname, '.ts')}.js`));
}

/** The file of a thread that stands beside the asking one: as source with its folder, built all in one. */
export const threadBeside = (name: string, url: string): URL =>
  new URL(`./${name}.worker.${url.endsWith('.ts') ? 'ts' : 'js'}`, url);
