import { expect, test } from 'vitest';
import { fen } from '../../../kernel/money.ts';
import type { Day } from '../../../kernel/time.ts';
import type { FiledCoverage } from '../product/scheme.rows.ts';
import { type CoverLine, coverAt, keepUntil, sameAccident } from './cover.rules.ts';

const coverage = (kind: FiledCoverage['kind'], waitingDays = 0): FiledCoverage => ({
  id: kind,
  name: kind,
  kind,
  limits: {
    perPerson: null,
    medicalPerPerson: null,
    propertyPerAccident: null,
    perAccident: null,
    aggregate: null,
    deductible: fen(0),
    deductibleBeforeLimit: true,
  },
  waitingDays,
  funding: [],
});
const line = (over: Partial<CoverLine> = {}): CoverLine => ({
  policyId: 'p',
  policyNumber: 'P-1',
  leadOrgId: 'i',
  holderOrgId: 'h',
  state: 'issued',
  from: '2026-12-01' as Day,
  to: '2027-11-30' as Day,
  policyFrom: '2026-12-01' as Day,
  policyTo: '2027-11-30' as Day,
  endedOn: null,
  issuedAt: new Date('2026-11-25T00:00:00Z'),
  endorsement: 0,
  renewed: false,
  productCode: 'x',
  productVersion: 1,
  tariffVersion: 1,
  coverages: [coverage('third_party'), coverage('entrapment')],
  areaCodes: [],
  orgIds: [],
  ...over,
});
const at = (text: string) => ({ at: new Date(text), kind: 'injury' as const });

test('cover begins at 00:00 of the first city day and ends at 24:00 of the last', () => {
  expect(coverAt([line()], at('2026-11-30T15:59:59.999Z'))).toBeUndefined();
  expect(coverAt([line()], at('2026-11-30T16:00:00Z'))?.line.policyNumber).toBe('P-1');
  expect(coverAt([line()], at('2027-11-30T15:59:59.999Z'))).toBeDefined();
  expect(coverAt([line()], at('2027-11-30T16:00:00Z'))).toBeUndefined();
});

test('a cancelled policy covers its last day and no later one; one that was never issued covers nothing', () => {
  const ended = line({ state: 'cancelled', endedOn: '2027-02-28' as Day });
  expect(coverAt([ended], at('2027-02-28T15:59:59Z'))).toBeDefined();
  expect(coverAt([ended], at('2027-02-28T16:00:00Z'))).toBeUndefined();
  expect(coverAt([line({ state: 'awaiting_cash', issuedAt: null })], at('2027-01-01T00:00:00Z'))).toBeUndefined();
});

test('of two policies the one issued first handles the loss and the other is named (保险法 56)', () => {
  const second = line({ policyNumber: 'P-2', issuedAt: new Date('2026-11-26T00:00:00Z') });
  expect(coverAt([second, line()], at('2027-01-01T00:00:00Z'))).toMatchObject({
    line: { policyNumber: 'P-1' },
    others: ['P-2'],
  });
});

test('a loss inside the waiting period is marked, a renewal has none', () => {
  const waiting = { coverages: [coverage('third_party', 30)] };
  expect(coverAt([line(waiting)], at('2026-12-30T15:59:59Z'))?.waiting).toBe(true);
  expect(coverAt([line(waiting)], at('2026-12-30T16:00:00Z'))?.waiting).toBe(false);
  expect(coverAt([line({ ...waiting, renewed: true })], at('2026-12-02T00:00:00Z'))?.waiting).toBe(false);
});

test('each loss looks for the cover that answers for it', () => {
  const of = (kind: 'entrapment' | 'repair') => coverAt([line()], { at: new Date('2027-01-01T00:00:00Z'), kind });
  expect(of('entrapment')?.coverage.kind).toBe('entrapment');
  expect(of('repair')).toBeUndefined();
});

test('one accident: the same incident, the same city day, or six hours around midnight', () => {
  const word = (text: string, incidentId: string | null = null) => ({ happenedAt: new Date(text), incidentId });
  expect(sameAccident(word('2026-11-21T01:00:00Z'), word('2026-11-21T15:00:00Z'))).toBe(true);
  expect(sameAccident(word('2026-11-21T15:59:00Z'), word('2026-11-21T16:01:00Z'))).toBe(true);
  expect(sameAccident(word('2026-11-21T10:00:00Z'), word('2026-11-21T16:01:00Z'))).toBe(false);
  expect(sameAccident(word('2026-11-21T01:00:00Z', 'a'), word('2026-11-21T01:05:00Z', 'b'))).toBe(false);
});

test('papers are kept five years after the cover, ten when it ran longer than a year (保险法 87)', () => {
  expect(keepUntil('2026-12-01' as Day, '2027-11-30' as Day)).toBe('2032-11-30');
  expect(keepUntil('2026-12-01' as Day, '2027-12-01' as Day)).toBe('2037-12-01');
  expect(keepUntil('2027-03-01' as Day, '2028-02-29' as Day)).toBe('2033-03-01'); // 29 February has no twin
});
