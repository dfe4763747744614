import { monitorEventLoopDelay } from 'node:perf_hooks';
import { xlsxBytes } from '../server/kernel/xlsx.ts';
import { platesThread } from '../server/modules/registry/plates.thread.ts';

/** Settings: `225000 1200`, rows of a spreadsheet and plates on paper. */
export const about = 'a spreadsheet of a whole city and sheets of plates, and how long the desk waits meanwhile';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const COLUMNS = 15;

export async function run([rows = '225000', plates = '1200']: readonly string[]): Promise<void> {
  await measured(`XLSX of ${Number(rows).toLocaleString('en-US')} rows`, async () => {
    let bytes = 0;
    for await (const piece of xlsxBytes(rowsOf(Number(rows)), 'elevators')) bytes += piece.length;
    return `${(bytes / 1e6).toFixed(1)} MB`;
  });
  await measured(`PDF of ${Number(plates).toLocaleString('en-US')} plates`, async () => {
    const pdf = await platesThread.call('platesPdf', {
      plates: platesOf(Number(plates)),
      hotline: '96333',
      language: 'zh',
    });
    return `${(pdf.length / 1e6).toFixed(1)} MB`;
  });
  await platesThread.stop();
}

async function measured(what: string, work: () => Promise<string>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const begun = performance.now();
  delay.enable();
  const made = await work();
  delay.disable();
  const ms = (nanoseconds: number): string => (nanoseconds / 1e6).toFixed(1);
  say(
    `${what}: ${made} in ${((performance.now() - begun) / 1000).toFixed(1)} s; meanwhile the asking thread was late by p50 ${ms(delay.percentile(50))} ms, p99 ${ms(delay.percentile(99))} ms, at most ${ms(delay.max)} ms`,
  );
}

async function* rowsOf(count: number): AsyncGenerator<string[]> {
  for (let i = 0; i < count; i += 1) yield Array.from({ length: COLUMNS }, (_, k) => `文字 ${i} ${k}`);
}

const platesOf = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    rescueCode: String(100_000 + i),
    address: `云溪路 ${i} 号`,
    url: `https://tian.invalid/~/q/${i}`,
  }));
