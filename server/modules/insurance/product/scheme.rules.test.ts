import { expect, test } from 'vitest';
import { type Coverage, checkFunding } from './scheme.rules.ts';

const liability: Pick<Coverage, 'id' | 'funding'> = { id: 'third_party', funding: ['self', 'common_income'] };
const repair: Pick<Coverage, 'id' | 'funding'> = { id: 'repair_cost', funding: ['self', 'repair_fund'] };

test('the repair fund may buy repair cover, never liability', () => {
  expect(checkFunding(liability, { repair_fund: 10_000 })).toEqual({
    code: 'insurance.funding_forbidden',
    coverage: 'third_party',
    source: 'repair_fund',
  });
  expect(checkFunding(repair, { repair_fund: 3_000, self: 7_000 })).toBeUndefined();
});

test('funding shares make the whole', () => {
  expect(checkFunding(repair, { self: 9_999 })).toEqual({
    code: 'insurance.funding_not_whole',
    coverage: 'repair_cost',
    sumBp: 9_999,
  });
  expect(checkFunding(repair, {})).toMatchObject({ code: 'insurance.funding_not_whole' });
});
