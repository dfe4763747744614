import { expect, test } from 'vitest';
import type { Day } from '../../../kernel/time.ts';
import { gate, holderGate, type Insurable, riskOf, workingFor } from './risk.rules.ts';

const from = '2026-12-01' as Day;
const lift: Insurable = {
  elevatorId: 'e',
  kind: 'lift',
  state: 'in_use',
  placeClass: 'residence',
  villa: false,
  inUseOn: '2011-12-01' as Day,
  nextInspectionOn: '2027-03-31' as Day,
  useOrgId: 'u',
  maintenanceOrgId: 'm',
  makerOrgId: null,
  orgIds: ['u', 'm'],
  areaCodes: ['320205'],
};

test.each<[string, Partial<Insurable>, string]>([
  ['whose use unit is unknown', { useOrgId: null }, 'insurance.use_unit_unknown'],
  ['that is stopped', { state: 'stopped' }, 'insurance.not_in_use'],
  ['whose inspection ran out the day before', { nextInspectionOn: '2026-11-30' as Day }, 'insurance.not_inspected'],
  ['never inspected', { nextInspectionOn: null }, 'insurance.not_inspected'],
  ['of a county that goes its own way', { areaCodes: ['320281'] }, 'insurance.area_excluded'],
  ['of unknown age', { inUseOn: null }, 'insurance.age_unknown'],
  ['of unknown place', { placeClass: null }, 'insurance.place_unknown'],
])('an elevator %s is not insured, with the reason', (_what, over, code) => {
  expect(gate({ ...lift, ...over }, from, ['320281', '320282'])?.code).toBe(code);
});

test('an inspected elevator in use may be insured, also on the last day of its inspection', () => {
  expect(gate({ ...lift, nextInspectionOn: from }, from, [])).toBeUndefined();
});

test.each([
  ['2011-12-01', 'to_15'],
  ['2011-11-30', 'over_15'],
  ['2012-06-01', 'to_15'],
  ['2010-12-01', 'over_15'],
])('in use since %s it is %s on 1 December 2026: fifteen years exactly is not over fifteen', (since, key) => {
  expect(riskOf({ ...lift, inUseOn: since as Day }, {}, from).answers['age']?.key).toBe(key);
});

test('the split follows the place, and a villa stands apart', () => {
  expect(riskOf(lift, {}, from).splitClass).toBe('residential');
  expect(riskOf({ ...lift, villa: true }, {}, from).splitClass).toBe('villa');
  expect(riskOf({ ...lift, placeClass: 'mall', kind: 'escalator' }, {}, from)).toMatchObject({
    splitClass: 'public',
    ratingClass: 'escalator',
  });
});

test('before hand-over the maker or an installer of it insures an elevator, afterwards whoever uses it', () => {
  const fresh = { ...lift, state: 'installed', useOrgId: null, makerOrgId: 'maker', orgIds: ['maker', 'installer'] };
  const by = (orgId: string, kinds: string[], over: object = {}) =>
    holderGate({ ...fresh, ...over }, { orgId, kinds })?.code ?? 'ok';
  expect(by('maker', ['maker'])).toBe('ok');
  expect(by('installer', ['installer'])).toBe('ok');
  expect(by('stranger', ['installer'])).toBe('insurance.not_handed_over'); // works on others
  expect(by('unit', ['use_unit'])).toBe('insurance.not_handed_over');
  expect(by('maker', ['maker'], { state: 'supervised_inspection' })).toBe('ok');
  const used = { state: 'in_use', useOrgId: 'unit' };
  expect(by('maker', ['maker'], used)).toBe('insurance.handed_over');
  expect(by('unit', ['use_unit'], used)).toBe('ok');
  expect(by('maker', ['maker'], { ...used, useOrgId: 'maker' })).toBe('ok'); // its own works
});

test('a new elevator is rated as new: no inspection or first day of use is asked of it', () => {
  const fresh = { ...lift, state: 'installed', useOrgId: null, inUseOn: null, nextInspectionOn: null };
  expect(gate(fresh, '2026-07-01' as Day, [])).toBeUndefined();
  expect(gate({ ...fresh, placeClass: null }, '2026-07-01' as Day, [])).toEqual({ code: 'insurance.place_unknown' });
  expect(riskOf(fresh, {}, '2026-07-01' as Day)).toMatchObject({ ratingClass: 'new', splitClass: 'new' });
  expect(gate({ ...fresh, state: 'made' }, '2026-07-01' as Day, [])).toEqual({ code: 'insurance.use_unit_unknown' });
});

test('a working names the elevator whose file answered, and the day of its first use; what was recorded stays as it was', () => {
  const { answers } = riskOf(lift, { stars: { key: '3', source: 'registry', on: '2026-01-01', record: 'r' } }, from);
  const lines = ['place', 'age', 'stars', 'unit_losses'].map((kind) => answers[kind] ?? { source: '', on: '' });
  expect(workingFor(lines, { elevatorId: 'e', inUseOn: '2011-12-01' }).map((w) => [w.source, w.on])).toEqual([
    ['registry:e', from],
    ['registry:e', '2011-12-01'],
    ['registry', '2026-01-01'],
    ['none', from],
  ]);
});
