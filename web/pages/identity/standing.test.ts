import { expect, test } from 'vitest';
import { standingOf } from './standing.rules.ts';

const paper = (validity: 'valid' | 'expires_soon' | 'expired' | 'open_ended' | 'ended', kind = 'safety_manager') => ({
  kind,
  validity,
});

test('a renewed certificate makes up for the one before; of several kinds the worst is said', () => {
  expect(standingOf([paper('expired'), paper('valid')])).toBe('valid');
  expect(standingOf([paper('valid'), paper('expires_soon')])).toBe('valid');
  expect(standingOf([paper('expired')])).toBe('expired');
  expect(standingOf([paper('expired'), paper('valid', 'repair')])).toBe('expired');
  expect(standingOf([paper('open_ended'), paper('ended')])).toBe('open_ended');
  expect(standingOf([paper('expires_soon'), paper('open_ended', 'repair')])).toBe('expires_soon');
  expect(standingOf([paper('ended')])).toBeNull();
  expect(standingOf([])).toBeNull();
});
