import type { MessagePort } from 'node:worker_threads';
import { writeXlsxStream } from 'hucre/xlsx';
import { serveThread } from './thread.ts';
import type { Asked, Told } from './xlsx.ts';

/** Write one spreadsheet: rows are asked for over the port as they are needed, bytes go back as they come. */
async function write({ port, name }: { port: MessagePort; name: string }): Promise<void> {
  const ask = openAsking(port);
  async function* rows(): AsyncGenerator<string[]> {
    for (let told = await ask({ kind: 'rows' }); told.kind === 'rows'; told = await ask({ kind: 'rows' })) {
      yield* told.rows;
    }
  }
  const reader = writeXlsxStream(rows(), { name }).getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) {
    const told = await ask({ kind: 'bytes', bytes: step.value });
    if (told.kind === 'gone') break;
  }
  port.close();
}

/** At most one question of each kind waits: rows are read ahead while bytes wait to be taken. Whoever went away answers both. */
function openAsking(port: MessagePort): (asked: Asked) => Promise<Told> {
  const waiting = new Map<Asked['kind'], (told: Told) => void>();
  let gone = false;
  port.on('message', (told: Told) => waiting.get(told.kind === 'taken' ? 'bytes' : 'rows')?.(told));
  port.on('close', () => {
    gone = true;
    for (const tell of waiting.values()) tell({ kind: 'gone' });
  });
  return (asked) =>
    new Promise((resolve) => {
      waiting.set(asked.kind, resolve);
      if (gone) resolve({ kind: 'gone' });
      else port.postMessage(asked);
    });
}

const work = { write };
export type XlsxWork = typeof work;
serveThread(work);
