import fc from 'fast-check';
import { expect, test } from 'vitest';
import { invariant } from '../kernel/result.ts';
import type { Change, Command } from '../modules/rescue/command.rules.ts';
import { at, incident, t0 } from '../modules/rescue/incident.fixtures.ts';
import { type Incident, type Level, nextDueAt } from '../modules/rescue/incident.rules.ts';
import { decide, raise } from '../modules/rescue/rules.ts';
import { type Next, nextActs } from './crew.rules.ts';

const person = fc.uuid();
type Life = { ended: Incident; levels: ReadonlySet<number>; acts: readonly string[] };

/** What an act is to the rules. */
function commandOf(next: Next): Command {
  const happenedAt = next.at;
  if (next.who === 'crew') {
    const crew = { crewId: next.offer.crewId, offerId: next.offer.id, happenedAt };
    const { act } = next;
    if (act.do === 'refuse') return { do: 'report_refuse', crewId: crew.crewId, reason: act.reason, happenedAt };
    if (act.do === 'release') return { do: 'report_release', crewId: crew.crewId, people: act.people, happenedAt };
    const does = { accept: 'report_accept', depart: 'report_departure', arrive: 'report_arrival' } as const;
    return { do: does[act.do], ...crew };
  }
  const { act } = next;
  switch (act.do) {
    case 'dismiss':
      return { do: 'dismiss', reason: 'x' };
    case 'hand_off':
      return { do: 'hand_off', service: '119', takenBy: 'x' };
    case 'arrive':
      return { do: 'report_arrival', crewId: '119', offerId: '119', happenedAt };
    case 'release':
      return { do: 'report_release', crewId: '119', people: act.people, happenedAt };
    case 'confirm':
      return { do: 'report_confirmation', outcome: 'all_out', happenedAt };
    case 'look':
    case 'close':
      return { do: act.do };
  }
}

/** Live one rescue with the real rules: timers and people in the order of their instants. */
function live(first: Partial<Incident>, crews: readonly string[]): Life {
  let free = [...crews];
  let clock = t0.getTime();
  const levels = new Set<number>();
  const acts: string[] = [];
  let is = raise(incident(first), at(0)).incident;
  const follow = ({ incident: next, wants }: Change): void => {
    is = next;
    levels.add(is.level);
    if (wants === 1 || wants === 2) {
      const chosen = free.slice(0, wants === 1 ? 1 : 3).map((crewId) => ({ offerId: crewId, crewId, place: 1 }));
      free = free.slice(chosen.length);
      step({ do: 'offer', level: wants as Level, chosen });
    }
  };
  const step = (command: Command) => {
    const done = decide(is, command, at((clock - t0.getTime()) / 1_000));
    invariant(done.ok, 'neither a timer nor the crew of the demo is refused');
    follow(done.value);
  };
  const opening = raise(incident(first), at(0));
  follow(opening);
  for (let n = 0; n < 300 && (!is.end || is.mustLookAgain); n += 1) {
    const next = nextActs(is, () => 400)[0];
    const dueAt = nextDueAt(is.timers);
    if (dueAt && (!next || dueAt < next.at)) {
      clock = Math.max(clock, dueAt.getTime());
      const timer = is.timers.find((t) => t.dueAt === dueAt);
      invariant(timer, 'a timer is due');
      step({ do: 'timer', kind: timer.kind, level: timer.level });
    } else {
      invariant(next, 'somebody goes on');
      clock = Math.max(clock, next.at.getTime());
      acts.push(`${next.who} ${next.act.do}`);
      step(commandOf(next));
    }
  }
  return { ended: is, levels, acts };
}

test('every rescue of the demo comes to its end, and never by a refused act', () => {
  fc.assert(
    fc.property(
      fc.uuid(),
      fc.uniqueArray(person, { minLength: 0, maxLength: 8 }),
      fc.record({ confidence: fc.constantFrom(0.6, 0.95), byPerson: fc.boolean() }),
      (id, crews, known) => {
        const { ended } = live({ id: id as Incident['id'], ...known }, crews);
        expect(ended.end).not.toBeNull();
        expect(ended.mustLookAgain).toBe(false);
      },
    ),
    { numRuns: 300 },
  );
});

test('among many there are refusals, silence up to the third level, false alarms, and heads to count', () => {
  const lives = Array.from({ length: 400 }, (_, i) => {
    const id = `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
    const crews = Array.from(
      { length: 8 },
      (__, c) => `00000000-0000-4000-9${String(c).padStart(3, '0')}-${id.slice(24)}`,
    );
    return live({ id: id as Incident['id'], byPerson: i % 2 === 0, confidence: i % 3 === 0 ? 0.7 : 0.95 }, crews);
  });
  const share = (has: (life: Life) => boolean) => lives.filter(has).length / lives.length;
  expect(share((l) => l.acts.includes('crew refuse'))).toBeGreaterThan(0.05);
  expect(share((l) => l.levels.has(3))).toBeGreaterThan(0.02);
  expect(share((l) => l.levels.has(3))).toBeLessThan(0.2);
  expect(share((l) => l.ended.end?.name === 'dismissed')).toBeGreaterThan(0.005);
  expect(share((l) => (l.ended.released?.people ?? 0) > 0)).toBeGreaterThan(0.8);
  expect(share((l) => l.ended.end?.name === 'closed')).toBeGreaterThan(0.85);
});
