import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { openThread, threadBeside } from './thread.ts';
import type { XlsxWork } from './xlsx.worker.ts';

/** What the thread asks while it writes: more rows, or that its bytes be taken. */
export type Asked = { kind: 'rows' } | { kind: 'bytes'; bytes: Uint8Array };
/** What it is told: rows, that there are no more, that the bytes were taken, or that nobody reads any more. */
export type Told = { kind: 'rows'; rows: string[][] } | { kind: 'end' } | { kind: 'taken' } | { kind: 'gone' };

const ROWS_AT_ONCE = 500;
const thread = openThread<XlsxWork>(threadBeside('xlsx', import.meta.url), { idleMs: 30_000, memoryMb: 512 });

/**
 * Rows as the bytes of a spreadsheet, written as they come by a thread of its own: letters, tags and packing of 225,000
 * rows would hold up everybody else. No faster than it is read.
 */
export async function* xlsxBytes(rows: AsyncIterable<string[]>, name: string): AsyncGenerator<Uint8Array> {
  const { port1: port, port2 } = new MessageChannel();
  const asked = openHearing(port);
  const written = thread.call('write', { port: port2, name }, [port2]);
  const iterator = rows[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([asked(), written.then(() => null)]);
      if (next === null) return;
      if (next.kind === 'rows') port.postMessage(await batchOf(iterator));
      else {
        yield next.bytes;
        port.postMessage({ kind: 'taken' } satisfies Told);
      }
    }
  } finally {
    written.catch(() => undefined); // told above, unless the reader has gone
    port.close();
    await iterator.return?.();
  }
}

async function batchOf(iterator: AsyncIterator<string[]>): Promise<Told> {
  const rows: string[][] = [];
  while (rows.length < ROWS_AT_ONCE) {
    const step = await iterator.next();
    if (step.done) break;
    rows.push(step.value);
  }
  return rows.length === 0 ? { kind: 'end' } : { kind: 'rows', rows };
}

/** The questions of the thread, one after the other. */
function openHearing(port: MessagePort): () => Promise<Asked> {
  const heard: Asked[] = [];
  let wake = (): void => undefined;
  port.on('message', (asked: Asked) => {
    heard.push(asked);
    wake();
  });
  const next = async (): Promise<Asked> => {
    const asked = heard.shift();
    if (asked) return asked;
    await new Promise<void>((resolve) => (wake = resolve));
    return next();
  };
  return next;
}
