import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newCar } from './car.rules.ts';
import { message, notice, status } from './detect.fixtures.ts';
import type { Known } from './directory.service.ts';
import type { Offered, Refused, Submission } from './gather.ts';
import { hasteFirst } from './haste.rules.ts';
import type { Message } from './message.ts';
import type { Hold } from './state.rules.ts';

const bodies: readonly Message['body'][] = [status({ moving: true }), { kind: 'heartbeat' }, notice('user_alarm')];
const offered = (no: number, body: Message['body']): Offered => ({
  known: { no } as Known,
  message: message({ seconds: 0, body, seq: 1 }),
  pos: 0,
  raw: () => Buffer.alloc(0),
});
const unread: Refused = {
  setAside: { reason: 'not_json', detail: '', elevator: '' },
  raw: () => Buffer.alloc(0),
};
const submission = (items: Submission['items']): Submission => ({
  source: {} as Submission['source'],
  door: 'mqtt',
  items,
  key: null,
  offeredMs: 0,
  alone: false,
  done: () => undefined,
});
const anyItem = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(fc.nat(7), fc.constantFrom(...bodies)).map(([no, body]) => offered(no, body)) },
  { weight: 1, arbitrary: fc.constant(unread) },
);
const anyQueue = fc.array(fc.array(anyItem, { maxLength: 4 }).map(submission), { maxLength: 30 });

/** Cars of which these are under suspicion. */
const carsWith = (suspected: readonly number[]) => (no: number) => {
  const car = newCar(no);
  if (suspected.includes(no)) car.detector.holds = [{} as Hold];
  return car;
};
const linesOf = (queue: readonly Submission[]): Map<number, unknown[]> => {
  const lines = new Map<number, unknown[]>();
  for (const { items } of queue)
    for (const item of items)
      if ('known' in item) lines.set(item.known.no, [...(lines.get(item.known.no) ?? []), item]);
  return lines;
};

test('whatever goes first, however much of it, the messages of each elevator keep their order and none is lost', () => {
  fc.assert(
    fc.property(anyQueue, fc.uniqueArray(fc.nat(7)), fc.nat(30), (queue, suspected, most) => {
      const hasty = hasteFirst(queue, carsWith(suspected));
      expect(hasty).toEqual(queue.filter((one) => hasty.includes(one)));
      const taken = hasty.slice(0, most);
      const order = [...taken, ...queue.filter((one) => !taken.includes(one))];
      expect(order).toHaveLength(queue.length);
      expect(linesOf(order)).toEqual(linesOf(queue));
    }),
  );
});

test('an alarm goes first with what its elevator said before, and what is said of a car under suspicion; the rest waits', () => {
  const calm = submission([offered(1, status({ moving: true }))]);
  const earlier = submission([offered(2, status({ moving: false })), offered(3, { kind: 'heartbeat' })]);
  const besideEarlier = submission([offered(3, { kind: 'heartbeat' })]);
  const alarm = submission([offered(2, notice('user_alarm'))]);
  const suspected = submission([offered(5, { kind: 'heartbeat' })]);
  const queue = [calm, besideEarlier, earlier, alarm, suspected, calm];
  expect(hasteFirst(queue, carsWith([5]))).toEqual([besideEarlier, earlier, alarm, suspected]);
});

test('a backlog of many messages does not overtake, though it tells of alarms', () => {
  const backlog = submission(Array.from({ length: 501 }, () => offered(1, notice('user_alarm'))));
  const small = submission(Array.from({ length: 500 }, () => offered(2, notice('user_alarm'))));
  expect(hasteFirst([backlog, small], carsWith([]))).toEqual([small]);
});
