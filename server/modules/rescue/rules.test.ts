import { expect, test } from 'vitest';
import { canOf } from './can.rules.ts';
import type { Change, Command } from './command.rules.ts';
import { at, incident, plan, raised, t0 } from './incident.fixtures.ts';
import { type Incident, NOTHING_KNOWN, phaseOf } from './incident.rules.ts';
import { decide, raise } from './rules.ts';

/** What a command does, some seconds after the incident was raised. */
function when(before: Incident, command: Command, seconds = 10): Change {
  const decided = decide(before, command, at(seconds));
  if (!decided.ok) throw new Error(decided.refusal.code);
  return decided.value;
}
const refusalOf = (before: Incident, command: Command) => {
  const decided = decide(before, command, at(10));
  return decided.ok ? undefined : decided.refusal;
};
const offer = (crewId: string, level: 1 | 2 = 1, place = 1): Command => ({
  do: 'offer',
  level,
  chosen: [{ offerId: `o-${crewId}`, crewId, place }],
});
const says = (
  report: 'report_accept' | 'report_departure' | 'report_arrival',
  crewId: string,
  happenedAt: Date | null = null,
): Command => ({
  do: report,
  crewId,
  offerId: `o-${crewId}`,
  happenedAt,
});
const out = (people: number | null, happenedAt: Date | null = null): Command => ({
  do: 'report_release',
  crewId: 'wang',
  people,
  happenedAt,
});
const second = (n: number) => new Date(t0.getTime() + n * 1000);

const offered = () => when(raised().incident, offer('wang'), 0).incident;
const accepted = () => when(offered(), says('report_accept', 'wang'), 40).incident;
const onSite = () => when(accepted(), says('report_arrival', 'wang'), 600).incident;

test("a person's report is offered at once; uncertain evidence waits for the agent, then is offered anyway", () => {
  expect(raised().wants).toBe(1);
  const unsure = raise(incident({ confidence: 0.6, byPerson: false }), at(0));
  expect(unsure.wants).toBeNull();
  expect(when(unsure.incident, { do: 'timer', kind: 'agent', level: 0 }, 30).wants).toBe(1);
});

test('where the city lets the agent dispatch, even a sure report waits for him, but not for ever', () => {
  const waiting = raise(incident(), at(0, { mode: 'agent' }));
  expect(waiting.wants).toBeNull();
  expect(waiting.incident.timers.map((t) => t.kind)).toContain('agent');
});

test('a second report that makes it sure ends the waiting', () => {
  const unsure = raise(incident({ confidence: 0.6, byPerson: false }), at(0)).incident;
  const sure = when(unsure, {
    do: 'report_evidence',
    needs: { elders: true },
    confidence: 0.97,
    byPerson: true,
    happenedAt: null,
  });
  expect(sure.wants).toBe(1);
  expect(sure.incident.needs.elders).toBe(true);
});

test('nobody of level 1 answers in 120 s, nobody of level 2 in 120 s more: the desk calls 119 within 300 s', () => {
  const first = when(offered(), { do: 'timer', kind: 'answer', level: 1 }, 120);
  expect(first.wants).toBe(2);
  expect(first.incident.offers.map((o) => o.state)).toEqual(['expired']);
  const asked = when(first.incident, offer('li', 2), 120).incident;
  const second2 = when(asked, { do: 'timer', kind: 'answer', level: 2 }, 240).incident;
  expect(second2.level).toBe(3);
  expect(second2.timers).toEqual([{ kind: 'hand_off', level: 3, dueAt: second(300) }]);
});

test('whatever the levels did, 300 s without an acceptance open level 3', () => {
  const late = when(offered(), { do: 'timer', kind: 'hand_off_limit', level: 0 }, 300).incident;
  expect(late.level).toBe(3);
});

test('nobody available at a level opens the next at once', () => {
  const none = when(raised().incident, { do: 'offer', level: 1, chosen: [] }, 0);
  expect([none.wants, none.remarks]).toEqual([2, ['nobody_available']]);
});

test('the first to accept has the job; the others asked at the same time are told', () => {
  const both = when(raised().incident, {
    do: 'offer',
    level: 2,
    chosen: [
      { offerId: 'o-wang', crewId: 'wang', place: 1 },
      { offerId: 'o-li', crewId: 'li', place: 1 },
    ],
  }).incident;
  const taken = when(both, says('report_accept', 'li')).incident;
  expect(Object.fromEntries(taken.offers.map((o) => [o.crewId, o.state]))).toEqual({
    wang: 'withdrawn',
    li: 'accepted',
  });
});

test('a refusal asks the next of the same level, and does not stretch the time to answer', () => {
  const refused = when(offered(), { do: 'report_refuse', crewId: 'wang', reason: 'far', happenedAt: null }, 50);
  expect(refused.wants).toBe(1);
  expect(refused.incident.timers.find((t) => t.kind === 'answer')?.dueAt).toEqual(second(120));
});

test('an overdue arrival opens the next level and stands nobody down', () => {
  const overdue = when(accepted(), { do: 'timer', kind: 'arrival', level: 1 }, 40 + 1_800);
  expect(overdue.wants).toBe(2);
  expect(overdue.incident.offers[0]?.state).toBe('accepted');
});

test('a crew nobody sent is still recorded as on site, with a remark', () => {
  const came = when(raised().incident, says('report_arrival', 'zhao'));
  expect([phaseOf(came.incident), came.remarks]).toEqual(['on_site', ['came_unsent']]);
});

test('an acceptance that the phone sends after the arrival does not send the crew back', () => {
  const late = when(onSite(), says('report_accept', 'wang', second(30)), 700).incident;
  expect(phaseOf(late)).toBe('on_site');
  expect(late.clocks.accepted?.at).toEqual(second(30));
});

test("figures use the phone's time when it lies between offer and receipt, else ours, marked", () => {
  const synced = when(accepted(), says('report_arrival', 'wang', second(500)), 900);
  expect(synced.incident.clocks.arrived).toMatchObject({ at: second(500), trusted: true });
  const early = when(accepted(), says('report_arrival', 'wang', second(-3_600)), 900);
  expect(early.incident.clocks.arrived).toMatchObject({ at: second(900), sourceAt: second(-3_600), trusted: false });
  expect(early.remarks).toContain('time_not_plausible');
});

test('a late arrival on a closed file is kept with a remark; after a dismissal the desk must look again', () => {
  const closed = when(when(onSite(), out(2), 900).incident, { do: 'close' }, 1_000).incident;
  const kept = when(closed, says('report_departure', 'wang', second(60)), 2_000);
  expect(kept.remarks).toContain('reported_after_close');
  expect([kept.incident.end?.name, kept.incident.mustLookAgain]).toEqual(['closed', false]);
  const dismissed = when(offered(), { do: 'dismiss', reason: 'test' }).incident;
  const contradicted = when(dismissed, says('report_arrival', 'wang'), 700).incident;
  expect(contradicted.mustLookAgain).toBe(true);
  expect(contradicted.timers.map((t) => t.kind)).toEqual(['look_again']);
  expect(phaseOf(when(contradicted, { do: 'reopen', reason: 'crew there' }).incident)).toBe('on_site');
});

test('sensors that clear before anybody is on the way end what only sensors had reported', () => {
  const sensed = raise(incident({ confidence: 0.6, byPerson: false }), at(0)).incident;
  expect(when(sensed, { do: 'report_clear', happenedAt: null }).incident.end?.reason).toBe('rescue.cleared_by_device');
  expect(when(offered(), { do: 'report_clear', happenedAt: null }).incident.end).toBeNull(); // somebody called
});

test('the desk is refused what makes no sense, and its buttons know it before', () => {
  expect(refusalOf(onSite(), { do: 'dismiss', reason: '' })).toEqual({ code: 'rescue.crew_on_site' });
  expect(refusalOf(onSite(), { do: 'close' })).toEqual({ code: 'rescue.not_released' });
  expect(refusalOf(accepted(), offer('wang'))).toEqual({ code: 'rescue.already_offered' });
  const can = canOf(onSite(), t0, plan());
  expect(can.dismiss).toEqual({ code: 'rescue.crew_on_site' });
  expect(can.escalate).toBe(true);
});

test('a rescuer with other jobs is named and told his place, and the clock of the answer runs all the same', () => {
  const planned = when(raised().incident, offer('wang', 1, 3)).incident;
  expect(planned.offers[0]).toMatchObject({ state: 'planned', place: 3 });
  expect(planned.timers.map((t) => t.kind)).toContain('answer');
});

test('who waits for the agent is offered at once when his place turns out to be one of many, and only then', () => {
  const waiting = raised({ confidence: 0.5 }).incident;
  expect(phaseOf(waiting)).toBe('raised');
  expect(refusalOf(waiting, { do: 'hasten' })).toEqual({ code: 'rescue.no_timer' });
  const many = at(10, { offerAtOnceConfidence: 0.5 });
  const hastened = decide(waiting, { do: 'hasten' }, many);
  expect(hastened).toMatchObject({ ok: true, value: { wants: 1, incident: { level: 1 } } });
  expect(hastened.ok && hastened.value.incident.timers.map((t) => t.kind).toSorted()).toEqual([
    'answer',
    'hand_off_limit',
  ]);
  const unsure = raised({ confidence: 0.3 }).incident;
  expect(decide(unsure, { do: 'hasten' }, many).ok).toBe(false);
  expect(decide(when(waiting, offer('a')).incident, { do: 'hasten' }, many).ok).toBe(false);
  expect(decide(waiting, { do: 'hasten' }, at(10, { offerAtOnceConfidence: 0.5, mode: 'agent' })).ok).toBe(false);
});

test('a job that waits in a rescuer’s plan stays in it when the levels climb: he was never asked', () => {
  const begun = when(raised().incident, offer('a', 1, 2), 1).incident;
  const climbed = when(begun, { do: 'timer', kind: 'answer', level: 1 }, 200);
  expect(climbed).toMatchObject({ wants: 2, incident: { level: 2, offers: [{ crewId: 'a', state: 'planned' }] } });
  const asked = when(climbed.incident, offer('b', 2), 201).incident;
  const third = when(asked, { do: 'timer', kind: 'hand_off_limit', level: 0 }, 400).incident;
  expect(third.offers.map((o) => o.state)).toEqual(['planned', 'expired']);
  expect(third.timers.map((t) => t.kind)).toContain('hand_off');
  const turn = when(third, { do: 'promote', crewId: 'a' }, 500).incident;
  expect(turn.offers[0]).toMatchObject({ crewId: 'a', state: 'offered', place: 1 });
});

test('an injury that is first seen at the release is known from then on, and one that was told is not taken back', () => {
  const hurtAfter = (injuries: boolean | null, known: boolean | null = null) => {
    const before = raised({ needs: { ...NOTHING_KNOWN, injuries: known } }).incident;
    const after = when(before, { do: 'report_release', crewId: 'a', people: 2, injuries, happenedAt: null }).incident;
    return after.needs.injuries;
  };
  expect([hurtAfter(true), hurtAfter(false), hurtAfter(null)]).toEqual([true, false, null]);
  expect([hurtAfter(false, true), hurtAfter(null, true)]).toEqual([true, true]);
});

test('of two releases the earlier instant stands in the row and in the clock alike, and only a reopened file takes a new one', () => {
  const first = when(onSite(), out(1, second(900)), 905).incident;
  const again = when(first, out(2, second(1_200)), 1_205).incident; // the other rescuer presses later
  expect(again.released).toEqual({ at: second(900), people: 2 });
  expect(again.clocks.released?.at).toEqual(second(900));
  const late = when(again, out(null, second(880)), 1_300).incident; // an offline queue brings the true first one
  expect(late.released).toEqual({ at: second(880), people: 2 });
  expect(late.clocks.released).toMatchObject({ at: second(880), trusted: true });
  const forged = when(late, out(null, second(-500)), 1_400).incident; // before the offer: our receipt, and that is later
  expect(forged.released?.at).toEqual(second(880));
  const reopened = when(forged, { do: 'reopen', reason: 'still inside' }, 1_500).incident;
  expect(reopened.released).toBeNull();
  const truly = when(reopened, out(1, second(1_800)), 1_805).incident;
  expect(truly.released).toEqual({ at: second(1_800), people: 1 });
  expect(truly.clocks.released?.at).toEqual(second(1_800));
});
