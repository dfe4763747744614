import { describe, expect, test } from 'vitest';
import { addDays, type Day } from '../../kernel/time.ts';
import {
  decideFinding,
  dueDay,
  type Finding,
  type FindingCommand,
  type FindingState,
  inTime,
  reminderOn,
} from './finding.rules.ts';

const now = new Date('2026-11-21T02:00:00Z');
const finding = (over: Partial<Finding> = {}): Finding => ({
  state: 'open',
  severity: 'general',
  insurerOrgId: 'insurer',
  ownerOrgId: 'maintainer',
  useOrgId: 'use',
  dueOn: '2026-12-01' as Day,
  mendedAt: null,
  returned: 0,
  wasLate: false,
  ...over,
});
const by = (orgId: string | null) => ({ orgId, now });
const commands: Readonly<Record<FindingCommand['do'], FindingCommand>> = {
  mend: { do: 'mend', note: '已更换', files: 1 },
  close: { do: 'close', note: '' },
  return: { do: 'return', note: '仍未紧固', dueOn: '2026-11-30' as Day },
  extend: { do: 'extend', note: '等待配件', dueOn: '2026-12-20' as Day },
  withdraw: { do: 'withdraw', note: '误报' },
};
const actor = (command: FindingCommand['do']) => by(command === 'mend' ? 'maintainer' : 'insurer');

describe('every command in every state', () => {
  const legal: Readonly<Record<FindingState, readonly FindingCommand['do'][]>> = {
    open: ['mend', 'extend', 'withdraw'],
    mended: ['close', 'return', 'withdraw'],
    closed: [],
    withdrawn: [],
  };
  for (const [state, allowed] of Object.entries(legal) as [FindingState, FindingCommand['do'][]][])
    for (const command of Object.values(commands))
      test(`${state}: ${command.do} is ${allowed.includes(command.do) ? 'taken' : 'refused'}`, () => {
        const decided = decideFinding(finding({ state }), command, actor(command.do));
        const refused = { ok: false, refusal: { code: 'prevention.finding_state', state } };
        expect(decided).toMatchObject(allowed.includes(command.do) ? { ok: true } : refused);
      });
});

test('the use unit may report it mended too: insurance does not take its duty away (不能以保代管)', () => {
  expect(decideFinding(finding(), commands.mend, by('use'))).toMatchObject({
    ok: true,
    value: { state: 'mended', mendedAt: now },
  });
});

test('nobody else reports it mended, and nobody but its insurer says that it is gone', () => {
  for (const stranger of ['insurer', 'other', null])
    expect(decideFinding(finding(), commands.mend, by(stranger))).toEqual({
      ok: false,
      refusal: { code: 'prevention.finding_not_owner' },
    });
  for (const stranger of ['use', 'maintainer', 'other insurer', null])
    expect(decideFinding(finding({ state: 'mended' }), commands.close, by(stranger))).toEqual({
      ok: false,
      refusal: { code: 'prevention.finding_not_insurer' },
    });
});

test('an elevator without an owner in the register cannot be reported mended by a party that has no organisation', () => {
  expect(decideFinding(finding({ ownerOrgId: null, useOrgId: null }), commands.mend, by(null)).ok).toBe(false);
});

test('mended without evidence is not mended; a return, more time and a withdrawal need a reason', () => {
  expect(decideFinding(finding(), { do: 'mend', note: '好了', files: 0 }, by('use'))).toMatchObject({
    refusal: { code: 'prevention.finding_evidence' },
  });
  for (const command of ['return', 'extend', 'withdraw'] as const) {
    const state = command === 'return' ? 'mended' : 'open';
    expect(decideFinding(finding({ state }), { ...commands[command], note: ' ' }, by('insurer'))).toMatchObject({
      refusal: { code: 'prevention.finding_note' },
    });
  }
});

test('looked at again and still there: open, counted, with a new day and no mending on it', () => {
  const decided = decideFinding(
    finding({ state: 'mended', mendedAt: now, returned: 1 }),
    commands.return,
    by('insurer'),
  );
  expect(decided).toMatchObject({
    ok: true,
    value: { state: 'open', returned: 2, mendedAt: null, dueOn: '2026-11-30' },
  });
});

test('who was late stays late when the day is moved; who was not is held to the new day', () => {
  const extend = { do: 'extend' as const, note: '等待配件', dueOn: '2026-12-30' as Day };
  const after = (dueOn: Day, over: Partial<Finding> = {}) => {
    const decided = decideFinding(finding({ dueOn, ...over }), extend, by('insurer'));
    return decided.ok && decided.value.wasLate;
  };
  expect([after('2026-11-01' as Day), after('2026-12-01' as Day)]).toEqual([true, false]);
  expect(after('2026-12-01' as Day, { wasLate: true })).toBe(true);
  const mendedLate = { state: 'mended' as const, dueOn: '2026-11-01' as Day, mendedAt: now };
  expect(decideFinding(finding(mendedLate), commands.return, by('insurer'))).toMatchObject({
    value: { wasLate: true },
  });
});

test('a new day lies after today in the city, not in Greenwich', () => {
  const late = { orgId: 'insurer', now: new Date('2026-11-21T16:00:00Z') }; // 00:00 on the 22nd
  expect(decideFinding(finding(), { do: 'extend', note: '等待', dueOn: '2026-11-22' as Day }, late)).toMatchObject({
    refusal: { code: 'prevention.finding_due', earliest: '2026-11-23' },
  });
  expect(decideFinding(finding(), { do: 'extend', note: '等待', dueOn: '2026-11-23' as Day }, late).ok).toBe(true);
});

test('the clock counts from the day after; the last day counts whole', () => {
  const days = { urgent: 1, serious: 7, general: 30 };
  const foundAt = new Date('2026-11-20T15:59:59Z'); // 23:59:59 on the 20th
  expect(dueDay('urgent', foundAt, days)).toBe('2026-11-21');
  expect(dueDay('general', new Date('2026-11-20T16:00:00Z'), days)).toBe('2026-12-21');
  const dueOn = '2026-11-21' as Day;
  expect(inTime({ dueOn, mendedAt: null }, new Date('2026-11-21T15:59:59Z'))).toBe(true);
  expect(inTime({ dueOn, mendedAt: null }, new Date('2026-11-21T16:00:00Z'))).toBe(false);
  expect(inTime({ dueOn, mendedAt: new Date('2026-11-21T15:59:59Z') }, new Date('2027-01-01T00:00:00Z'))).toBe(true);
});

test('who must mend hears once before the last day, the day after it, and then week by week', () => {
  const dueOn = '2026-12-31' as Day;
  const heard = Array.from({ length: 20 }, (_, i) => addDays('2026-12-27' as Day, i)).flatMap((day) => {
    const what = reminderOn(day, dueOn, { before: 2, every: 7 });
    return what ? [[day, what]] : [];
  });
  expect(heard).toEqual([
    ['2026-12-29', 'due_soon'],
    ['2027-01-01', 'overdue'],
    ['2027-01-08', 'overdue'],
    ['2027-01-15', 'overdue'],
  ]);
  expect(reminderOn(dueOn, dueOn, { before: 0, every: 7 })).toBeNull(); // nothing is near where a city wants no word before
});
