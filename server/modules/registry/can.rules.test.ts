import { expect, test } from 'vitest';
import { fileCan } from './can.rules.ts';

const registrar = { registrar: true, asker: false };
const unit = { registrar: false, asker: true };

test('a registrar writes, a unit asks, and both are told what the other may', () => {
  expect(fileCan({ state: 'in_use', merged: false }, registrar)).toEqual({
    edit: true,
    ask: { code: 'kernel.forbidden' },
    merge: true,
    'step.stop': true,
    'step.seal': true,
    'step.renovate': true,
    'step.scrap': true,
  });
  expect(fileCan({ state: 'in_use', merged: false }, unit)).toMatchObject({
    edit: { code: 'kernel.forbidden' },
    ask: true,
  });
});

test('nothing is written into a file that was merged away', () => {
  expect(Object.values(fileCan({ state: 'in_use', merged: true }, registrar)).includes(true)).toBe(false);
  expect(fileCan({ state: 'in_use', merged: true }, unit)['ask']).toEqual({ code: 'registry.merged' });
});
