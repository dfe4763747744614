import { expect, test } from 'vitest';
import type { Day } from '../../../kernel/time.ts';
import { decideBy, mayAsk, mayDecide } from './admission.rules.ts';

const criteria = [
  { id: 'licence', name: '责任险经营资格' },
  { id: 'service', name: '本地服务网点' },
];
const asking = {
  market: 'open' as const,
  scheme: '综合险',
  criteria,
  answered: ['licence', 'service'],
  standing: 'none' as const,
};

test('the clock counts working days, the day of asking not counted', () => {
  const calendar = { holidays: new Set(['2026-10-01' as Day]), workdays: new Set<Day>() };
  expect(decideBy('2026-09-30' as Day, 1, calendar)).toBe('2026-10-02');
  expect(decideBy('2026-11-20' as Day, 20, { holidays: new Set(), workdays: new Set() })).toBe('2026-12-18');
});

test('an open market is open: whoever answers every published criterion may ask, one request at a time', () => {
  expect(mayAsk(asking)).toEqual({ ok: true, value: null });
  expect(mayAsk({ ...asking, standing: 'refused' })).toMatchObject({ ok: true });
  expect(mayAsk({ ...asking, standing: 'waiting' })).toMatchObject({ refusal: { code: 'insurance.admission_open' } });
  expect(mayAsk({ ...asking, standing: 'admitted' })).toMatchObject({ refusal: { code: 'insurance.admitted_before' } });
  expect(mayAsk({ ...asking, answered: ['licence'] })).toEqual({
    ok: false,
    refusal: { code: 'insurance.criteria_unanswered', criteria: '本地服务网点' },
  });
  expect(mayAsk({ ...asking, market: 'tender_pool' })).toMatchObject({ refusal: { code: 'insurance.scheme_closed' } });
});

test('a refusal rests on a published criterion, and is decided again only on appeal', () => {
  const fresh = { decided: false, appealed: false };
  expect(mayDecide(fresh, { admitted: true, criterion: '' }, criteria)).toMatchObject({ ok: true });
  expect(mayDecide(fresh, { admitted: false, criterion: 'service' }, criteria)).toMatchObject({ ok: true });
  expect(mayDecide(fresh, { admitted: false, criterion: 'taste' }, criteria)).toMatchObject({
    refusal: { code: 'insurance.criterion_unknown' },
  });
  expect(mayDecide({ decided: true, appealed: false }, { admitted: true, criterion: '' }, criteria)).toMatchObject({
    refusal: { code: 'insurance.admission_decided' },
  });
  expect(mayDecide({ decided: true, appealed: true }, { admitted: true, criterion: '' }, criteria)).toMatchObject({
    ok: true,
  });
});
