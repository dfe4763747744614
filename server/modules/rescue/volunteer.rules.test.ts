import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type Day } from '../../kernel/time.ts';
import {
  decideForce,
  type ForceAct,
  type ForceState,
  forceCan,
  judgeApplication,
  membersOf,
  shiftsOf,
} from './volunteer.rules.ts';

const today = '2026-11-21' as Day; // a Saturday
const at = { today, validDays: 730 };
const force = (state: ForceState, validUntil: string | null = null) => ({ state, version: 3, validUntil });
const STATES: readonly ForceState[] = ['waiting', 'approved', 'refused', 'withdrawn', 'ended', 'expired'];

describe('what becomes of a force', () => {
  test('an application is approved until a day the city allows, or refused with a reason', () => {
    const approve = (validUntil: string): ForceAct => ({ do: 'approve', version: 3, validUntil });
    expect(decideForce(force('waiting'), approve(today), at)).toMatchObject({ value: { state: 'approved' } });
    expect(decideForce(force('waiting'), approve(addDays(today, 730)), at)).toMatchObject({ ok: true });
    expect(decideForce(force('waiting'), approve(addDays(today, 731)), at)).toMatchObject({
      refusal: { code: 'rescue.volunteers_until_far', days: 730 },
    });
    expect(decideForce(force('waiting'), approve(addDays(today, -1)), at)).toMatchObject({
      refusal: { code: 'rescue.volunteers_until_past', field: 'validUntil' },
    });
    expect(decideForce(force('waiting'), { do: 'refuse', version: 3, reason: '证书不清晰' }, at)).toEqual({
      ok: true,
      value: { state: 'refused', validUntil: null, reason: '证书不清晰' },
    });
  });

  test('whoever looked at an older state decides nothing', () => {
    expect(decideForce(force('waiting'), { do: 'refuse', version: 2, reason: '材料不全' }, at)).toMatchObject({
      refusal: { code: 'rescue.volunteers_changed' },
    });
  });

  test('the last day still counts; the night after it the force stands no more', () => {
    expect(decideForce(force('approved', today), { do: 'expire' }, at)).toMatchObject({ ok: false });
    expect(decideForce(force('approved', addDays(today, -1)), { do: 'expire' }, at)).toMatchObject({
      value: { state: 'expired' },
    });
  });

  test('what is over comes back by no act, and every act agrees with what a screen offers', () => {
    const acts: readonly ForceAct[] = [
      { do: 'approve', version: 3, validUntil: today },
      { do: 'refuse', version: 3, reason: '材料不全' },
      { do: 'prolong', version: 3, validUntil: today },
      { do: 'end', version: 3, reason: '本人要求' },
    ];
    for (const state of STATES) {
      const may = forceCan(state);
      const [approve, refuse, prolong, end] = acts.map((act) => decideForce(force(state, today), act, at).ok);
      expect({ state, approve, refuse, prolong, end }).toEqual({
        state,
        approve: may.decide,
        refuse: may.decide,
        prolong: may.prolong,
        end: may.end,
      });
      const open = state === 'waiting' || state === 'approved';
      expect(decideForce(force(state, today), { do: 'withdraw' }, at).ok).toBe(open);
    }
  });
});

describe('hours become duty', () => {
  const days = { from: '2026-11-21' as Day, to: '2026-11-27' as Day };

  test('only on the days that were named, in the city’s time', () => {
    expect(shiftsOf({ weekdays: [1], fromTime: '08:00', toTime: '20:30' }, days)).toEqual([
      { fromAt: new Date('2026-11-23T00:00:00Z'), toAt: new Date('2026-11-23T12:30:00Z') },
    ]);
  });

  test('an end that is not after the beginning is of the next day', () => {
    expect(shiftsOf({ weekdays: [7], fromTime: '20:00', toTime: '06:00' }, days)).toEqual([
      { fromAt: new Date('2026-11-22T12:00:00Z'), toAt: new Date('2026-11-22T22:00:00Z') },
    ]);
  });

  test('every span is longer than nothing and at most a day, and spans of one force never overlap', () => {
    const clock = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([h, m]) => [h, m].map((n) => String(n).padStart(2, '0')).join(':'));
    const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
    fc.assert(
      fc.property(clock, clock, weekdays, (fromTime, toTime, on) => {
        const spans = shiftsOf({ weekdays: on, fromTime, toTime }, days);
        expect(spans).toHaveLength(on.length);
        for (const [i, { fromAt, toAt }] of spans.entries()) {
          const length = toAt.getTime() - fromAt.getTime();
          expect(length).toBeGreaterThan(0);
          expect(length).toBeLessThanOrEqual(86_400_000);
          expect(spans[i - 1]?.toAt.getTime() ?? 0).toBeLessThanOrEqual(fromAt.getTime());
        }
      }),
    );
  });
});

describe('an application', () => {
  const alone = { applicant: 'person' as const, phone: '10012345678', members: [], certificateUntil: null };

  test('an organisation names who would go, each with a phone of his own', () => {
    expect(judgeApplication({ ...alone, applicant: 'organisation' }, today)?.code).toBe('rescue.volunteer_members');
    const twice = [{ phone: '10011112222' }, { phone: '10011112222' }];
    expect(judgeApplication({ ...alone, applicant: 'organisation', members: twice }, today)).toMatchObject({
      code: 'rescue.volunteer_member_twice',
      value: '10011112222',
    });
    expect(judgeApplication(alone, today)).toBeNull();
  });

  test('a certificate that is over shows no competence; one that ends today still does', () => {
    expect(judgeApplication({ ...alone, certificateUntil: addDays(today, -1) }, today)).toMatchObject({
      code: 'rescue.volunteer_certificate_over',
      field: 'certificateUntil',
    });
    expect(judgeApplication({ ...alone, certificateUntil: today }, today)).toBeNull();
  });

  test('people are read one a line, however name and phone are parted; a line without a phone is named', () => {
    expect(membersOf('示例甲 10011112222\n\n示例乙，100-3333-4444\r\n示例丙：+8610055556666')).toEqual({
      members: [
        { name: '示例甲', phone: '10011112222' },
        { name: '示例乙', phone: '100-3333-4444' },
        { name: '示例丙', phone: '+8610055556666' },
      ],
      badLine: null,
    });
    expect(membersOf('示例甲 10011112222\n示例乙')).toMatchObject({ badLine: 2 });
    expect(membersOf('')).toEqual({ members: [], badLine: null });
  });
});
