import { expect, test } from 'vitest';
import { type Entry, letterOf, nextToSend } from './outbox.rules.ts';
import { worksNow } from './work.rules.ts';

const AT = '2026-11-21T08:00:00.000Z';
const NOW = new Date('2026-11-21T08:10:00Z');
const WORK = '00000000-0000-7000-8000-000000000001';
const begin = { do: 'work_begin' as const, scanned: '320001', shown: '320 001', minutes: 60, reason: '半月保养' };
const entry = (given: Partial<Entry>): Entry => ({
  key: 'k',
  seq: 1,
  accountId: 'me',
  incidentId: '',
  offerId: WORK,
  act: begin,
  happenedAt: AT,
  state: 'waiting',
  tries: 0,
  sentAt: null,
  fileId: null,
  problem: null,
  ...given,
});
const line = {
  id: WORK,
  elevatorId: WORK,
  address: '示例路 1 号',
  rescueCode: '320001',
  org: '示例维保',
  reason: '半月保养',
  startedAt: AT,
  endsAt: '2026-11-21T09:00:00.000Z',
};

test('work without network is shown with its digits, and says that the alarm still looks', () => {
  expect(worksNow([], [entry({})], NOW)).toEqual([
    { id: WORK, where: '320 001', reason: '半月保养', startedAt: AT, endsAt: line.endsAt, isWaiting: true },
  ]);
});

test('once the server knows it, it stands there once, with its address', () => {
  const works = worksNow([line], [entry({ state: 'sent' })], NOW);
  expect(works).toMatchObject([{ where: '示例路 1 号 · 320001', isWaiting: false }]);
});

test('what was ended here, what is over and what the server refused is not shown', () => {
  const end = entry({ key: 'e', seq: 2, act: { do: 'work_end' } });
  expect(worksNow([line], [entry({ state: 'sent' }), end], NOW)).toEqual([]);
  expect(worksNow([], [entry({})], new Date('2026-11-21T09:00:00Z'))).toEqual([]);
  expect(worksNow([], [entry({ state: 'held' })], NOW)).toEqual([]);
  expect(worksNow([line], [{ ...end, state: 'held' }], NOW)).toHaveLength(1); // it goes on: the end was not taken
});

test('beginning and end go in order, under the same work, each counted once by its key', () => {
  const end = entry({ key: 'e', seq: 2, act: { do: 'work_end' } });
  expect(nextToSend([end, entry({})], 'me')?.act.do).toBe('work_begin');
  expect(letterOf(entry({}), [])).toEqual({
    path: '/telemetry/work-reports',
    body: { do: 'begin', key: WORK, scanned: '320001', minutes: 60, reason: '半月保养', happenedAt: AT },
  });
  expect(letterOf(end, [])).toEqual({
    path: '/telemetry/work-reports',
    body: { do: 'end', key: 'e', work: WORK, happenedAt: AT },
  });
});
