import { expect, test } from 'vitest';
import { queryText } from './api.ts';
import { landing } from './pages/session/landing.ts';
import { paths } from './paths.ts';
import { changed, nextSort, sortQuery } from './ui/list/list-state.ts';

test('empty values leave no trace in an address', () => {
  expect(queryText({ a: '', b: undefined, c: null })).toBe('');
  expect(queryText({ q: '湖 1', n: 0, on: false, many: ['a', 'b'] })).toBe('?q=%E6%B9%96+1&n=0&on=false&many=a&many=b');
});

test('addresses are built in one place', () => {
  expect(paths.overview()).toBe('/');
  expect(paths.overview('320205')).toBe('/overview/320205');
  expect(paths.elevators({ area: '320205', state: 'in_use' })).toBe('/elevators?area=320205&state=in_use');
  expect(paths.elevator('e1', 'live')).toBe('/elevators/e1?tab=live');
});

test('after signing in one returns to the page that asked, but never to another site', () => {
  expect(landing('/elevators?q=1', 'city_regulator')).toBe('/elevators?q=1');
  for (const evil of ['//evil.example', '/\\evil.example', 'https://evil.example', '']) {
    expect(landing(evil, 'city_regulator')).toBe('/');
  }
  expect(landing(null, 'agent')).toBe('/desk');
});

test('a column’s head turns ascending, descending, and back to the list’s own order', () => {
  expect(['', 'age', '-age', 'other'].map((now) => nextSort(now, 'age'))).toEqual(['age', '-age', '', 'age']);
  expect(sortQuery('-age')).toEqual({ sort: 'age', descending: true });
  expect(sortQuery('')).toEqual({});
});

test('a changed filter keeps the others', () => {
  const now = new URLSearchParams('area=1&state=in_use');
  expect(changed(now, { state: '', kind: 'lift' }).toString()).toBe('area=1&kind=lift');
});
