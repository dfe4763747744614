import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { IncidentId } from '../../kernel/ids.ts';
import { dangerOf, NOTHING_KNOWN } from './incident.rules.ts';
import { callOf, type Entry, fold, isOut, type Standing, standOf } from './queue.rules.ts';

const standing = (over: Partial<Standing> = {}): Standing => {
  const needs = { ...NOTHING_KNOWN, ...over.needs };
  return {
    id: 'i' as IncidentId,
    drill: false,
    groupId: null,
    phase: 'offered',
    level: 1,
    danger: dangerOf(needs),
    awareAt: new Date(0),
    dueAt: null,
    handedOver: false,
    mustLookAgain: false,
    offers: [{ state: 'offered', level: 1 }],
    ...over,
    needs,
  };
};

const anyQueue = fc
  .array(
    fc.record({
      groupId: fc.constantFrom(null, 'few', 'many', 'more'),
      phase: fc.constantFrom('raised', 'offered', 'under_way', 'on_site', 'released'),
      level: fc.constantFrom(0, 1, 2, 3),
      injuries: fc.boolean(),
      infants: fc.boolean(),
      awareAt: fc.date({ min: new Date(0), max: new Date(1e6), noInvalidDate: true }),
    }),
    { maxLength: 60 },
  )
  .map((list) =>
    list.map(({ injuries, infants, ...rest }, i) =>
      standing({ ...rest, id: `i${i}` as IncidentId, needs: { ...NOTHING_KNOWN, injuries, infants } }),
    ),
  );
const isMass = (groupId: string) => groupId !== 'few';
const membersOf = (entry: Entry) => (entry.kind === 'event' ? entry.members : [entry.standing]);

test('no incident is lost by folding, and none stands twice', () => {
  fc.assert(
    fc.property(anyQueue, (queue) => {
      const ids = fold(queue, isMass).flatMap((e) => membersOf(e).map((m) => m.id));
      expect(ids.toSorted()).toEqual(queue.map((s) => s.id).toSorted());
    }),
  );
});

test('every event of many is one entry, everything else stands by itself', () => {
  fc.assert(
    fc.property(anyQueue, (queue) => {
      const entries = fold(queue, isMass);
      const events = entries.flatMap((e) => (e.kind === 'event' ? [e.groupId] : []));
      expect(new Set(events).size).toBe(events.length);
      const singles = entries.flatMap((e) => (e.kind === 'incident' ? [e.standing] : []));
      expect(singles.every((s) => s.groupId === null || s.groupId === 'few')).toBe(true);
    }),
  );
});

test('nobody inside stands below somebody who is out or less in danger, folded or not', () => {
  fc.assert(
    fc.property(anyQueue, (queue) => {
      const heads = fold(queue, isMass).flatMap((e) => membersOf(e).slice(0, 1));
      for (const order of [heads, ...fold(queue, isMass).map(membersOf)])
        for (const [i, next] of order.slice(1).entries()) {
          const before = order[i];
          expect(Number(before && isOut(before))).toBeLessThanOrEqual(Number(isOut(next)));
          const isFair = !before || isOut(before) !== isOut(next) || before.danger >= next.danger;
          expect(isFair).toBe(true);
        }
    }),
  );
});

test('whoever needs the agent rises out of his event', () => {
  fc.assert(
    fc.property(anyQueue, (queue) => {
      for (const entry of fold(queue, isMass)) {
        if (entry.kind === 'incident') continue;
        const risen = entry.calls.map((c) => c.standing.id);
        expect(risen.toSorted()).toEqual(
          entry.members
            .filter((m) => callOf(m))
            .map((m) => m.id)
            .toSorted(),
        );
      }
    }),
  );
});

test('injured people call the agent until they are out, an infant alone only stands higher', () => {
  const hurt = { ...NOTHING_KNOWN, injuries: true };
  const arrived = { phase: 'on_site', offers: [{ state: 'arrived', level: 1 }] } as const;
  expect(callOf(standing({ needs: hurt, ...arrived }))).toBe('injury');
  expect(callOf(standing({ needs: hurt, phase: 'released' }))).toBeNull();
  expect(callOf(standing({ needs: { ...NOTHING_KNOWN, infants: true } }))).toBeNull();
});

test('a level that climbed and a refusal by all call the agent until somebody of that level has it', () => {
  expect(callOf(standing({ level: 2, offers: [{ state: 'expired', level: 1 }] }))).toBe('climbed');
  expect(callOf(standing({ level: 2, phase: 'under_way', offers: [{ state: 'accepted', level: 2 }] }))).toBeNull();
  // He accepted, the time to arrive went by, the next level was opened.
  expect(callOf(standing({ level: 2, phase: 'under_way', offers: [{ state: 'accepted', level: 1 }] }))).toBe('climbed');
  expect(callOf(standing({ level: 3, phase: 'raised', offers: [], handedOver: true }))).toBeNull();
  expect(callOf(standing({ phase: 'raised', offers: [{ state: 'refused', level: 1 }] }))).toBe('refused');
  expect(callOf(standing({ phase: 'released', mustLookAgain: true }))).toBe('look_again');
});

test('a job behind others in a rescuer\u2019s plan is told apart from one he was asked for', () => {
  expect(standOf(standing({ offers: [{ state: 'planned', level: 1 }] }))).toBe('planned');
  expect(standOf(standing())).toBe('offered');
  expect(standOf(standing({ phase: 'under_way' }))).toBe('under_way');
});
