import type { Settings, SimElevator, Truth } from './city.ts';
import { life } from './life.ts';
import { boxOf, type Delivery, VENDORS, type Vendor } from './vendor.ts';

/** What is told, in the order in which it reaches the door, and what really happened, as it ends. */
export type Event = { delivery: Delivery } | { truth: Truth };

type Entry = { at: number; delivery?: Delivery; advance?: () => void };

/** The whole city, lazily and without end: the same settings give the same run. */
export function* plan(city: readonly SimElevator[], settings: Settings, vendors = VENDORS): Generator<Event> {
  const queue = newQueue();
  const truths: Truth[] = [];
  for (const elevator of city) enter(queue, truths, { elevator, settings, vendors });
  for (let entry = queue.take(); entry !== undefined; entry = queue.take()) {
    entry.advance?.();
    while (truths.length > 0) {
      const truth = truths.shift();
      if (truth) yield { truth };
    }
    if (entry.delivery) yield { delivery: entry.delivery };
  }
}

type Entering = { elevator: SimElevator; settings: Settings; vendors: readonly Vendor[] };

function enter(queue: Queue, truths: Truth[], { elevator, settings, vendors }: Entering): void {
  const days = life(elevator, settings);
  const speak = boxOf(elevator, settings, vendors);
  const advance = () => {
    const car = days.next().value;
    for (const delivery of speak(car.moments)) queue.put({ at: delivery.at, delivery });
    truths.push(...car.truths);
    car.moments = [];
    car.truths = [];
    queue.put({ at: car.at, advance });
  };
  queue.put({ at: settings.startAt, advance });
}

/** One elevator from the start until a moment: its messages in order of arrival, and the truth. For measuring. */
export function daysOf(elevator: SimElevator, settings: Settings, untilMs: number) {
  const speak = boxOf(elevator, settings);
  const deliveries: Delivery[] = [];
  const truths: Truth[] = [];
  for (const car of life(elevator, settings)) {
    deliveries.push(...speak(car.moments));
    truths.push(...car.truths);
    car.moments = [];
    car.truths = [];
    if (car.at >= untilMs) break;
  }
  return { deliveries: deliveries.sort((a, b) => a.at - b.at), truths };
}

type Queue = { put: (entry: Entry) => void; take: () => Entry | undefined };

/** A binary heap by time. */
function newQueue(): Queue {
  const heap: Entry[] = [];
  const atOf = (i: number) => heap[i]?.at ?? Number.POSITIVE_INFINITY;
  const swap = (i: number, j: number) => {
    const [a, b] = [heap[i], heap[j]];
    if (a && b) [heap[i], heap[j]] = [b, a];
  };
  return {
    put: (entry) => {
      heap.push(entry);
      for (let i = heap.length - 1; i > 0 && atOf((i - 1) >> 1) > atOf(i); i = (i - 1) >> 1) swap(i, (i - 1) >> 1);
    },
    take: () => {
      const [first] = heap;
      const last = heap.pop();
      if (heap.length === 0 || !last) return first;
      heap[0] = last;
      for (let i = 0; ; ) {
        const child = atOf(2 * i + 1) <= atOf(2 * i + 2) ? 2 * i + 1 : 2 * i + 2;
        if (atOf(i) <= atOf(child)) return first;
        swap(i, child);
        i = child;
      }
    },
  };
}
