import { expect, test } from 'vitest';
import { shown } from './audit-shown.ts';

test('a value of the audit is read by people: instants by the city’s clock, lists side by side, nothing as nothing', () => {
  expect(shown('2026-11-21T22:56:25.588924+00:00')).toBe('2026-11-22 06:56:25');
  expect(shown('2026-11-21T22:56:25.583Z')).toBe('2026-11-22 06:56:25');
  expect(shown('2026-11-21')).toBe('2026-11-21');
  expect(shown(['320282', '320282108'])).toBe('320282 · 320282108');
  expect(shown([])).toBe('');
  expect(shown(null)).toBe('');
  expect(shown({ a: 1 })).toBe('{"a":1}');
  expect(shown(false)).toBe('false');
});
