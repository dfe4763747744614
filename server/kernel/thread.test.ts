import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { TriedWork } from './thread.fixtures.worker.ts';
import { openThread } from './thread.ts';
import { xlsxBytes } from './xlsx.ts';

const thread = () => openThread<TriedWork>(new URL('./thread.fixtures.worker.ts', import.meta.url), { memoryMb: 64 });

test('calls are begun in their order and answered each by its own', async () => {
  const tried = thread();
  const answers = await Promise.all([1, 2, 3].map((n) => tried.call('add', n)));
  expect(answers).toEqual([1, 3, 6]);
  await tried.stop();
});

test('a failing call says why and harms no other', async () => {
  const tried = thread();
  const [failed, fine] = await Promise.allSettled([tried.call('fail', 'no paper'), tried.call('add', 1)]);
  expect(failed).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('no paper') } });
  expect(fine).toEqual({ status: 'fulfilled', value: 1 });
  await tried.stop();
});

test('a thread that takes too much memory ends alone; the next call finds a new one, and that is told', async () => {
  const tried = thread();
  await tried.call('add', 5);
  await expect(tried.call('swallow', undefined)).rejects.toThrow();
  expect(await tried.call('add', 1)).toBe(1);
  expect(tried.starts()).toBe(2);
  await tried.stop();
});

test('while a thread works, this one goes on: timers run before its answer comes', async () => {
  const tried = thread();
  await tried.call('add', 0); // it stands
  let turns = 0;
  const working = tried.call('work', 300).then(() => 'done');
  while ((await Promise.race([working, pause(1)])) !== 'done') turns += 1;
  expect(turns).toBeGreaterThan(10);
  await tried.stop();
});

test('a spreadsheet that nobody reads to its end lets its rows go', async () => {
  let open = true;
  let asked = 0;
  async function* endless() {
    try {
      for (asked = 1; ; asked += 1) yield [String(Math.sin(asked))];
    } finally {
      open = false;
    }
  }
  for await (const bytes of xlsxBytes(endless(), 'sheet')) {
    expect(bytes.length).toBeGreaterThan(0);
    if (asked > 1) break;
  }
  expect(open).toBe(false);
});

test('rows that fail in the middle fail the spreadsheet, not the thread', async () => {
  async function* broken(): AsyncGenerator<string[]> {
    yield ['a'];
    throw new Error('the database is away');
  }
  const read = async () => {
    for await (const bytes of xlsxBytes(broken(), 'sheet')) expect(bytes.length).toBeGreaterThan(0);
  };
  await expect(read()).rejects.toThrow('the database is away');
});
