import { expect, test } from 'vitest';
import { EVIDENCE_ANSWERS } from '../../../../contract/insurance-vocabulary.ts';
import { factor } from '../../../kernel/money.ts';
import type { Day } from '../../../kernel/time.ts';
import { evidenceState, lowers, mayConfirm, mayRecord, mayWithdraw } from './evidence.rules.ts';

const codeOf = (done: { ok: boolean; refusal?: { code: string } }) => (done.ok ? 'ok' : done.refusal?.code.slice(10));

test('who establishes a fact records it, with an answer that tariffs know', () => {
  expect(codeOf(mayRecord('city_regulator', 'stars', '5'))).toBe('ok');
  expect(codeOf(mayRecord('maintenance_manager', 'stars', '5'))).toBe('evidence_not_yours'); // nobody gives himself stars
  expect(codeOf(mayRecord('use_unit_head', 'management_grade', 'A'))).toBe('evidence_not_yours');
  expect(codeOf(mayRecord('inspector', 'inspection', 'passed'))).toBe('ok');
  expect(codeOf(mayRecord('underwriter', 'unit_losses', 'free_2y'))).toBe('ok');
  expect(codeOf(mayRecord('safety_director', 'residents_consent', 'given'))).toBe('ok');
  expect(codeOf(mayRecord('city_regulator', 'stars', '6'))).toBe('evidence_answer_unknown');
  for (const key of EVIDENCE_ANSWERS.unit_facts) expect(codeOf(mayRecord('underwriter', 'unit_facts', key))).toBe('ok');
});

test('an answer lowers a premium when any price list on file charges less for it than for what counted before', () => {
  const rows = [
    { key: '1', factor: factor('1.2') },
    { key: '3', factor: factor('1.0') },
    { key: '5', factor: factor('0.90') },
    { key: 'none', factor: factor('1.0') },
  ];
  const tables = [{ evidence: 'stars', rows }];
  const stars = (before: string, key: string) => lowers(tables, 'stars', { before, key });
  expect([stars('none', '5'), stars('1', '3'), stars('none', '1'), stars('none', '3'), stars('5', '3')]).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(lowers(tables, 'unit_losses', { before: 'none', key: 'free_1y' })).toBe(false); // no list asks for it
  expect(
    lowers(
      [...tables, { evidence: 'unit_losses', rows: [{ key: 'free_1y', factor: factor('0.95') }] }],
      'unit_losses',
      { before: 'none', key: 'free_1y' },
    ),
  ).toBe(true);
});

const waiting = { recordedBy: 'a', needsSecond: true, confirmed: false, withdrawn: false };

test('another person confirms, once, what needs it', () => {
  expect(codeOf(mayConfirm(waiting, { accountId: 'b', role: 'underwriter' }))).toBe('ok');
  expect(codeOf(mayConfirm(waiting, { accountId: 'a', role: 'underwriter' }))).toBe('evidence_same_person');
  expect(codeOf(mayConfirm(waiting, { accountId: 'b', role: 'use_unit_head' }))).toBe('evidence_not_yours');
  expect(codeOf(mayConfirm({ ...waiting, confirmed: true }, { accountId: 'b', role: 'approver' }))).toBe(
    'evidence_confirmed',
  );
  expect(codeOf(mayConfirm({ ...waiting, needsSecond: false }, { accountId: 'b', role: 'approver' }))).toBe(
    'evidence_needs_none',
  );
  expect(codeOf(mayConfirm({ ...waiting, withdrawn: true }, { accountId: 'b', role: 'approver' }))).toBe(
    'evidence_withdrawn',
  );
});

test('who recorded it, or the regulator, takes a record back', () => {
  expect(codeOf(mayWithdraw(waiting, { accountId: 'a', role: 'underwriter' }))).toBe('ok');
  expect(codeOf(mayWithdraw(waiting, { accountId: 'b', role: 'district_regulator' }))).toBe('ok');
  const counting = { ...waiting, confirmed: true };
  expect(codeOf(mayWithdraw(counting, { accountId: 'b', role: 'underwriter' }))).toBe('evidence_not_yours');
  expect(codeOf(mayWithdraw({ ...waiting, withdrawn: true }, { accountId: 'a', role: 'underwriter' }))).toBe(
    'evidence_withdrawn',
  );
});

test('whoever may be the second person may refuse what waits for one', () => {
  for (const role of ['underwriter', 'approver'])
    expect(codeOf(mayWithdraw(waiting, { accountId: 'b', role }))).toBe('ok');
  expect(codeOf(mayWithdraw(waiting, { accountId: 'b', role: 'use_unit_head' }))).toBe('evidence_not_yours');
  expect(codeOf(mayWithdraw({ ...waiting, needsSecond: false }, { accountId: 'b', role: 'approver' }))).toBe(
    'evidence_not_yours',
  );
});

test('a record counts from its first day to its last, once nobody has to be waited for', () => {
  const e = { ...waiting, needsSecond: false, from: '2026-01-01', to: '2026-12-31' };
  const on = (day: string, over: Partial<typeof e> | { to: null } = {}) => evidenceState({ ...e, ...over }, day as Day);
  expect([on('2025-12-31'), on('2026-01-01'), on('2026-12-31'), on('2027-01-01')]).toEqual([
    'over',
    'counting',
    'counting',
    'over',
  ]);
  expect(on('2099-01-01', { to: null })).toBe('counting');
  expect(on('2026-06-01', { needsSecond: true })).toBe('waiting');
  expect(on('2026-06-01', { needsSecond: true, confirmed: true })).toBe('counting');
  expect(on('2026-06-01', { withdrawn: true })).toBe('withdrawn');
});
