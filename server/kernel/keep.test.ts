import { expect, test } from 'vitest';
import { keepRunning, type Running, waitBeforeRestartMs } from './keep.ts';

/** Something that runs until it is ended, and counts how often it was started. */
function thing() {
  const ends: (() => void)[] = [];
  const start = (): Promise<Running> => {
    const ended = new Promise<void>((resolve) => ends.push(resolve));
    return Promise.resolve({ ended, stop: () => Promise.resolve(ends.at(-1)?.()) });
  };
  return { ends, start };
}

test('what ends by itself is started again, what was stopped is not', async () => {
  const { ends, start } = thing();
  const said: string[] = [];
  const stop = await keepRunning({ name: 'it', start, say: (line) => said.push(line) });
  ends[0]?.();
  await expect.poll(() => ends.length).toBe(2);
  await stop();
  expect(ends).toHaveLength(2);
  expect(said).toEqual(['it ended by itself; starting it again in 0.25 s']);
});

test('a second start that fails is tried again; a first start that fails is told to the caller', async () => {
  const { ends, start } = thing();
  let calls = 0;
  const failingOnce = () => {
    calls += 1;
    return calls === 2 ? Promise.reject(new Error('no disk')) : start();
  };
  const said: string[] = [];
  const stop = await keepRunning({ name: 'it', start: failingOnce, say: (line) => said.push(line) });
  ends[0]?.();
  await expect.poll(() => calls, { timeout: 5_000 }).toBe(3);
  await stop();
  expect(said).toContain('it did not start: no disk');
  await expect(
    keepRunning({ name: 'it', start: () => Promise.reject(new Error('no')), say: () => undefined }),
  ).rejects.toThrow('no');
});

test('pauses double and stay below a quarter of a minute', () => {
  expect([1, 2, 3, 4].map(waitBeforeRestartMs)).toEqual([250, 500, 1000, 2000]);
  expect(waitBeforeRestartMs(50)).toBe(15_000);
});
