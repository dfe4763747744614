import { expect, test } from 'vitest';
import { type Car, newCar } from './car.rules.ts';
import { contextOf, message, notice, status } from './detect.fixtures.ts';
import type { Known } from './directory.service.ts';
import { type Broken, type Ground, gather, type Item, type Offered, type Submission } from './gather.ts';
import type { Message } from './message.ts';

const known = (no: number): Known => ({ no, id: `car ${no}` }) as Known;
let pos = 0;
const says = (no: number, body: unknown): Offered => {
  pos += 1;
  const heard = { ...message({ seconds: pos, body: status({}), seq: pos }), elevatorNo: no };
  return { known: known(no), message: { ...heard, body: body as Message['body'] }, pos, raw: () => Buffer.from('raw') };
};
const submission = (items: readonly Item[]): Submission => ({
  source: { no: 1 } as Submission['source'],
  door: 'http',
  items,
  key: null,
  offeredMs: 0,
  alone: false,
  done: () => undefined,
});
const ground = (cars: ReadonlyMap<number, Car> = new Map()): Ground => ({
  carOf: (no) => cars.get(no),
  spare: () => undefined,
  contextOf: () => contextOf(),
  offlineMs: 3_600_000,
  listeningSinceMs: 0,
  nowMs: message({ seconds: 100, body: status({}), seq: 1 }).receivedMs,
});

/** What no door lets in: our own rules break at it. */
const POISON = null;

test('a message at which our rules break is set aside as it came; what stands beside it is as if it had never come', () => {
  const before = says(1, status({ moving: false, occupied: true, doorClosed: true }));
  const poison = says(1, POISON);
  const after = says(1, notice('user_alarm'));
  const other = says(2, notice('entrapment_levelled', 'add', 'a'));
  const broken: Broken[] = [];
  const all = [submission([before, poison, after]), submission([poison]), submission([other])];
  const gathered = gather({ submissions: all, due: [] }, ground(), (one) => broken.push(one));
  expect(gathered.outcomes).toEqual([['stored', 'rules_failed', 'stored'], ['rules_failed'], ['stored']]);
  expect(gathered.asides.map(({ setAside, raw }) => [setAside.elevator, raw.toString()])).toEqual([
    ['id car 1', 'raw'],
    ['id car 1', 'raw'],
  ]);
  expect(broken.map(({ at }) => at)).toEqual([poison]);
  const without = gather(
    { submissions: [submission([before, after]), submission([other])], due: [] },
    ground(),
    (one) => broken.push(one),
  );
  expect(gathered.cars).toEqual(without.cars);
  expect(gathered.learned).toEqual(without.learned);
  expect(gathered.learned.length).toBeGreaterThan(0);
  expect(gathered.history.rows()).toBe(3);
});

test('a car whose moment breaks keeps no other from its own', () => {
  const [ill, well] = [newCar(1), newCar(2)];
  for (const car of [ill, well]) {
    car.wakeMs = ground().nowMs - 1_000;
    car.detector.heardAt = 1; // silent ever since
  }
  ill.detector.holds = null as never;
  const cars = new Map([ill, well].map((car) => [car.elevatorNo, car]));
  const broken: Broken[] = [];
  const gathered = gather({ submissions: [], due: [known(1), known(2)] }, ground(cars), (one) => broken.push(one));
  expect(broken.map(({ at }) => at)).toEqual([known(1)]);
  expect(gathered.learned.map(({ known: { no } }) => no)).toEqual([2]);
});
