import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { ReadRefusal, SheetRow } from './sheet.ts';
import { openThread, threadBeside } from './thread.ts';
import type { XlsxReadWork } from './xlsx-read.worker.ts';

/** What the thread hands over when it is asked for more: rows, or that there are none left. */
export type Handed = { kind: 'rows'; rows: SheetRow[] } | { kind: 'end' };

// What a small file unpacks to may be a hundred times its size: beyond this the thread ends, and the server goes on.
const thread = openThread<XlsxReadWork>(threadBeside('xlsx-read', import.meta.url), {
  idleMs: 30_000,
  memoryMb: 1_024,
});

/** Why a file is not read as a spreadsheet; null when it is one of a size that can be read. */
export const refusalOf = (path: string): Promise<ReadRefusal | null> => thread.call('refusalOfXlsx', path);

/**
 * The rows of a spreadsheet, unpacked and read by a thread of its own: the letters of 50 MB would hold up everybody else
 * for a minute. No faster than they are taken; whoever stops taking stops the thread.
 */
export async function* rowsOfXlsx(path: string): AsyncGenerator<SheetRow> {
  const { port1: port, port2 } = new MessageChannel();
  const read = thread.call('read', { path, port: port2 }, [port2]);
  // A file that cannot be read fails the call; so does a thread that ended.
  const failed = read.then(() => new Promise<never>(() => undefined));
  failed.catch(() => undefined); // heard by whoever waits for rows
  try {
    for (;;) {
      const handed = await Promise.race([next(port), failed]);
      if (handed.kind === 'end') return;
      yield* handed.rows;
    }
  } finally {
    port.close();
  }
}

function next(port: MessagePort): Promise<Handed> {
  return new Promise((resolve) => {
    port.once('message', resolve);
    port.postMessage('more');
  });
}
