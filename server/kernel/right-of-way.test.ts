import { expect, test } from 'vitest';
import { openRightOfWay } from './right-of-way.ts';

/** A clock that goes on by so much each time somebody looks at it. */
const ticking = (ms: number) => {
  let now = 0;
  return () => (now += ms);
};

test('nothing urgent: nobody waits', async () => {
  const way = openRightOfWay(() => 0);
  expect(way.isTaken()).toBe(false);
  await way.free();
});

test('the others wait while something urgent is under way, and a moment after it', async () => {
  let now = 0;
  const way = openRightOfWay(() => now);
  let done = (): void => undefined;
  const urgent = way.hurry(() => new Promise<string>((resolve) => (done = () => resolve('handed on'))));
  let free = false;
  const waiting = way.free().then(() => (free = true));
  expect(way.isTaken()).toBe(true);
  done();
  expect(await urgent).toBe('handed on');
  now = 249;
  expect([way.isTaken(), free]).toEqual([true, false]);
  now = 250;
  await waiting;
  expect(way.isTaken()).toBe(false);
});

test('nobody waits for ever: after a while the others go on beside it', async () => {
  const way = openRightOfWay(ticking(100));
  void way.hurry(() => new Promise(() => undefined));
  await way.free();
  expect(way.isTaken()).toBe(true);
});

test('urgent work that fails gives the way back', async () => {
  let now = 0;
  const way = openRightOfWay(() => now);
  await expect(way.hurry(() => Promise.reject(new Error('the database is away')))).rejects.toThrow('away');
  now = 251;
  expect(way.isTaken()).toBe(false);
});
