import type { MessagePort } from 'node:worker_threads';
import type { SheetRow } from './sheet.ts';
import { serveThread } from './thread.ts';
import type { Handed } from './xlsx-read.ts';
import { refusalOfXlsx, xlsxRows } from './xlsx-rows.ts';

const ROWS_AT_ONCE = 500;

/** Read one spreadsheet: a batch of rows whenever the other side asks for more, until it has gone. */
async function read({ path, port }: { path: string; port: MessagePort }): Promise<void> {
  const asked = openAsking(port);
  const rows = xlsxRows(path);
  try {
    while (await asked()) {
      const batch = await batchOf(rows);
      port.postMessage((batch.length === 0 ? { kind: 'end' } : { kind: 'rows', rows: batch }) satisfies Handed);
      if (batch.length === 0) return;
    }
  } finally {
    await rows.return(undefined);
    port.close();
  }
}

async function batchOf(rows: AsyncGenerator<SheetRow>): Promise<SheetRow[]> {
  const batch: SheetRow[] = [];
  while (batch.length < ROWS_AT_ONCE) {
    const step = await rows.next();
    if (step.done) break;
    batch.push(step.value);
  }
  return batch;
}

/** True: more is wanted. False: nobody takes any more. */
function openAsking(port: MessagePort): () => Promise<boolean> {
  let wanted = 0;
  let gone = false;
  let wake = (): void => undefined;
  port.on('message', () => {
    wanted += 1;
    wake();
  });
  port.on('close', () => {
    gone = true;
    wake();
  });
  return async () => {
    while (wanted === 0 && !gone) await new Promise<void>((resolve) => (wake = resolve));
    wanted -= 1;
    return !gone;
  };
}

const work = { read, refusalOfXlsx };
export type XlsxReadWork = typeof work;
serveThread(work);
