import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Car, copyCar, countMessage, newCar, takeMessage } from './car.rules.ts';
import { atRest, contextOf, message, notice, status } from './detect.fixtures.ts';
import { NEW_STATE } from './detect.rules.ts';
import { copyPresent, newPresent, type Present, takeSaid } from './last-known.rules.ts';
import type { Body } from './message.ts';
import { copyState, type DetectorState, draftOf } from './state.rules.ts';

const bodies: readonly Body[] = [
  status(atRest),
  status({ moving: false, inDoorZone: false, doorClosed: true, occupied: true }),
  status({ moving: true, inDoorZone: true, doorClosed: false, speedMmPerS: 2_900 }),
  status({ mainsPower: false, machineRoomCelsius: 44 }),
  { kind: 'statistics', runs: 7, doorCycles: 9 },
  { kind: 'heartbeat' },
  notice('user_alarm'),
  notice('entrapment_levelled', 'add', 'a'),
  notice('brake_fault'),
  notice('no_fault'),
];
const anyStory = fc.array(
  fc.record({ body: fc.constantFrom(...bodies), after: fc.integer({ min: 0, max: 400 }), skip: fc.nat(2) }),
  { maxLength: 40 },
);

type Story = readonly { body: Body; after: number; skip: number }[];

/** What a story does to a car; each message goes into the draft that `draft` gives. */
function follow(story: Story, draft: (before: Car) => Car) {
  let car = newCar(7);
  let seconds = 0;
  let seq = 0;
  const learned = story.flatMap(({ body, after, skip }, i) => {
    seconds += after;
    seq += 1 + skip;
    const heard = message({ seconds, body, seq });
    const { windows } = countMessage(car, heard);
    const next = draft(car);
    const told = takeMessage(next, heard, { pos: i + 1, windows, context: contextOf() });
    car = next;
    return told;
  });
  return { car, learned };
}

const anew = (before: Car): Car => {
  const car = newCar(0);
  copyCar(car, before);
  return car;
};

test('a draft written over a car that is spare learns the same as one made anew', () => {
  fc.assert(
    fc.property(anyStory, anyStory, (story, elsewhere) => {
      const spare: Car[] = [follow(elsewhere, anew).car]; // it was another elevator's, with findings open
      const again = (before: Car): Car => {
        const car = spare.pop() ?? newCar(0);
        copyCar(car, before);
        spare.push(before);
        return car;
      };
      expect(follow(story, again)).toEqual(follow(story, anew));
    }),
  );
});

test('what a car was before stays as it was, so that a commit that fails can go back to it', () => {
  fc.assert(
    fc.property(anyStory, (story) => {
      follow(story, (before) => {
        const was = structuredClone(before);
        const draft = anew(before);
        const heard = message({ seconds: 90_000, body: notice('user_alarm'), seq: 9_000 });
        takeMessage(anew(before), heard, { pos: 99, windows: before.windows, context: contextOf() });
        expect(before).toEqual(was);
        return draft;
      });
    }),
  );
});

test('no field is left out when a state or a present is copied', () => {
  const other = Object.fromEntries(
    Object.keys(NEW_STATE).map((field) => [field, field === 'clock' ? { ...NEW_STATE.clock, skewMs: 5 } : field]),
  ) as unknown as DetectorState;
  const draft = draftOf(NEW_STATE);
  copyState(draft, other);
  expect(draft).toEqual(other);

  const said = Object.fromEntries(Object.keys(newPresent()).map((field) => [field, field])) as unknown as Present;
  expect(Object.keys(said)).toHaveLength(19);
  expect(copyPresent(newPresent(), said)).toEqual(said);
});

test('a message changes what it says and leaves the rest; false and zero are said too', () => {
  const present = newPresent();
  takeSaid(present, status({ moving: true, floor: 3, occupied: true }));
  takeSaid(present, status({ moving: false, floor: 0 }));
  takeSaid(present, { kind: 'statistics', runs: 12 });
  takeSaid(present, notice('user_alarm'));
  expect(JSON.parse(JSON.stringify(present))).toEqual({ moving: false, floor: 0, occupied: true, runs: 12 });
});
