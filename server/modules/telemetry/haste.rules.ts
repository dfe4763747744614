import type { Car } from './car.rules.ts';
import type { Item, Submission } from './gather.ts';

/** A larger submission is a backlog, and waits like the others: what happens now comes alone or in small company. */
const MOST_IN_HASTE = 500;

type CarOf = (no: number) => Pick<Car, 'detector'> | undefined;

/**
 * The submissions that go before the rest of a long queue, in their order: those that may tell of somebody in danger, and of
 * each elevator in them all that came before, so that no elevator's messages change places. Any beginning of the answer keeps
 * that too.
 */
export function hasteFirst(queue: readonly Submission[], carOf: CarOf): Submission[] {
  const elevators = new Set<number>();
  const isNamed = (item: Item): boolean => 'known' in item && elevators.has(item.known.no);
  const hasty: Submission[] = [];
  for (const submission of queue.toReversed()) {
    if (!isInHaste(submission, carOf) && !submission.items.some(isNamed)) continue;
    hasty.push(submission);
    for (const item of submission.items) if ('known' in item) elevators.add(item.known.no);
  }
  return hasty.toReversed();
}

const isInHaste = ({ items }: Submission, carOf: CarOf): boolean =>
  items.length <= MOST_IN_HASTE && items.some((item) => mayBeEvidence(item, carOf));

/**
 * An event, a fault or an alarm; or anything said of a car under suspicion, because it may be what completes the evidence. Not
 * every status that differs from the last one: those are half of what cars on their trips say.
 */
function mayBeEvidence(item: Item, carOf: CarOf): boolean {
  if (!('known' in item)) return false;
  if (item.message.body.kind === 'notice') return true;
  const detector = carOf(item.known.no)?.detector;
  return detector !== undefined && detector.holds.length + detector.notices.length > 0;
}
