import { beforeAll, expect, test } from 'vitest';
import type { Change, Chosen, Command } from './command.rules.ts';
import { at, incident } from './incident.fixtures.ts';
import { type Incident, isActive, isOpen } from './incident.rules.ts';
import { decide, raise } from './rules.ts';

/**
 * Every state that three crews, three levels and any order or loss of messages can reach. Time is abstract: every timer
 * is always due, so every order of their firing is walked.
 */
const CREWS = ['a', 'b', 'c'] as const;
const now = at(0);
const many = at(0, { offerAtOnceConfidence: 0.5 }); // the plan where many are trapped at one place

const reached = new Map<string, Incident>();
const faults: string[] = [];
let reports = 0;

/** Crews are alike: states that differ only in who is who are one. */
function keyOf(i: Incident): string {
  const offers = i.offers.map((o) => o.state).sort();
  const timers = i.timers.map((t) => `${t.kind}${t.level}`).sort();
  const released = i.released ? (i.released.people === 0 ? 'nobody' : 'out') : '-';
  return [
    i.level,
    offers,
    timers,
    i.handOff !== null,
    released,
    i.end?.name,
    i.mustLookAgain,
    i.confidence,
    i.byPerson,
  ].join('|');
}

const due = (i: Incident): Incident => ({
  ...i,
  version: 0,
  clocks: {},
  timers: i.timers.map((t) => ({ ...t, dueAt: now.now })),
});

/** Every choice the system could make when a level wants rescuers: nobody, one, two at once, one with other jobs first. */
function choices(i: Incident): readonly (readonly Chosen[])[] {
  const free = CREWS.filter((c) => !i.offers.some((o) => o.crewId === c && o.state !== 'withdrawn'));
  const chosen = (crewId: string, place = 1): Chosen => ({ offerId: `o-${crewId}`, crewId, place });
  const [one, two] = free;
  return [[], ...(one ? [[chosen(one)], [chosen(one, 2)]] : []), ...(one && two ? [[chosen(one), chosen(two)]] : [])];
}

const reportsOf = (i: Incident): readonly Command[] => {
  const happenedAt = null;
  const stateOf = (crewId: string) => i.offers.find((o) => o.crewId === crewId)?.state;
  const crews = CREWS.filter((c, n) => CREWS.findIndex((other) => stateOf(other) === stateOf(c)) === n);
  return [
    ...crews.flatMap((crewId): Command[] => [
      { do: 'report_accept', crewId, offerId: `o-${crewId}`, happenedAt },
      { do: 'report_departure', crewId, offerId: `o-${crewId}`, happenedAt },
      { do: 'report_arrival', crewId, offerId: `o-${crewId}`, happenedAt },
      { do: 'report_refuse', crewId, reason: '', happenedAt },
    ]),
    { do: 'report_release', crewId: 'a', people: 2, happenedAt },
    { do: 'report_release', crewId: null, people: 0, happenedAt },
    { do: 'report_evidence', needs: {}, confidence: 0.95, byPerson: true, happenedAt },
    { do: 'report_clear', happenedAt },
    { do: 'report_confirmation', outcome: 'not_out', happenedAt },
    { do: 'report_confirmation', outcome: 'all_out', happenedAt },
    { do: 'report_cause', happenedAt },
  ];
};

const ordersOf = (i: Incident): readonly Command[] => [
  ...choices(i).map((chosen): Command => ({ do: 'offer', level: i.level, chosen })),
  ...i.offers.map((o): Command => ({ do: 'promote', crewId: o.crewId })),
  { do: 'hasten' },
  { do: 'escalate' },
  { do: 'hand_off', service: '119', takenBy: 'x' },
  ...i.offers.map((o): Command => ({ do: 'withdraw', offerId: o.id })),
  { do: 'take' },
  { do: 'dismiss', reason: '' },
  { do: 'merge', reason: '' },
  { do: 'look' },
  { do: 'reopen', reason: '' },
  { do: 'close' },
];

/** All states one command leads to: what it wants is chosen in every way, again and again until nothing is wanted. */
function statesAfter({ incident: next, wants }: Change): readonly Incident[] {
  if (wants === null) return [due(next)];
  return choices(next).flatMap((chosen) => {
    const offered = decide(next, { do: 'offer', level: wants, chosen }, now);
    if (!offered.ok) faults.push(`wanted level ${wants} but: ${offered.refusal.code} in ${keyOf(next)}`);
    return offered.ok ? statesAfter(offered.value) : [];
  });
}

function checkReport(before: Incident, command: Command, change: Change | undefined): void {
  reports += 1;
  const lost = (why: string) => faults.push(`${command.do} ${why} in ${keyOf(before)}`);
  if (!change) return void lost('was refused');
  const after = change.incident;
  const own = 'crewId' in command ? after.offers.find((o) => o.crewId === command.crewId) : undefined;
  if (command.do === 'report_accept' && !(own && isActive(own))) lost('was lost');
  if (command.do === 'report_arrival' && own?.state !== 'arrived') lost('was lost');
  if (command.do === 'report_release' && !after.released) lost('was lost');
  if (before.end && after.end?.name !== before.end.name) lost('changed the end of the file');
  if (
    before.end &&
    !['report_refuse', 'report_cause'].includes(command.do) &&
    !change.remarks.includes('reported_after_close')
  )
    lost('carries no remark');
}

/** Some legal act still leads to the end. */
function canEnd(start: Incident): boolean {
  const steps: readonly Command[] = [
    { do: 'reopen', reason: '' },
    { do: 'report_release', crewId: null, people: 1, happenedAt: null },
    { do: 'look' },
    { do: 'close' },
  ];
  const last = steps.reduce((i, command) => {
    const done = decide(i, command, now);
    return done.ok ? done.value.incident : i;
  }, start);
  return last.end?.name === 'closed';
}

beforeAll(() => {
  const starts = [raise(incident(), now), raise(incident({ confidence: 0.5, byPerson: false }), now)].flatMap(
    statesAfter,
  );
  const queue = [...starts];
  for (const s of starts) reached.set(keyOf(s), s);
  const visit = (state: Incident) => {
    const key = keyOf(state);
    if (reached.has(key)) return;
    reached.set(key, state);
    queue.push(state);
  };
  for (let i = queue.pop(); i; i = queue.pop()) {
    for (const command of reportsOf(i)) {
      const decided = decide(i, command, now);
      checkReport(i, command, decided.ok ? decided.value : undefined);
      if (decided.ok) statesAfter(decided.value).forEach(visit);
    }
    for (const command of [
      ...ordersOf(i),
      ...i.timers.map((t): Command => ({ do: 'timer', kind: t.kind, level: t.level })),
    ]) {
      const decided = decide(i, command, command.do === 'hasten' ? many : now);
      if (decided.ok) statesAfter(decided.value).forEach(visit);
      else if (command.do === 'timer') faults.push(`timer ${command.kind} does nothing in ${keyOf(i)}`);
    }
  }
}, 120_000);

test('no report is refused or lost, in any state that can be reached', () => {
  expect(reached.size).toBeGreaterThan(1_000);
  expect(reports).toBeGreaterThan(reached.size);
  expect(faults.slice(0, 5)).toEqual([]);
});

test('while people may be inside, or a file waits for the desk, a timer runs', () => {
  const waiting = [...reached.values()].filter((i) => isOpen(i) || i.mustLookAgain || (i.released && !i.end));
  expect(waiting.length).toBeGreaterThan(0);
  expect(
    waiting
      .filter((i) => i.timers.length === 0)
      .map(keyOf)
      .slice(0, 5),
  ).toEqual([]);
});

test('from every state some legal act still leads to a closed file', () => {
  const stuck = [...reached.values()].filter((i) => i.end?.name !== 'closed' && !canEnd(i));
  expect(stuck.map(keyOf).slice(0, 5)).toEqual([]);
});
