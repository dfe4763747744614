import { expect, test } from 'vitest';
import { nearestFirst } from './nearby.rules.ts';

test('a file is joined to one nearby: the nearest stand first, those without a place last, itself never', () => {
  const at = (id: string, lng: number | null, lat: number | null) => ({ id, lng, lat });
  const all = [at('far', 120.5, 31.5), at('none', null, null), at('self', 120.3, 31.5), at('near', 120.301, 31.5)];
  expect(nearestFirst(at('self', 120.3, 31.5), all).map((o) => o.id)).toEqual(['near', 'far', 'none']);
  expect(nearestFirst(at('self', null, null), all).map((o) => o.id)).toEqual(['far', 'none', 'near']);
});
