import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { programDir } from '../../kernel/program.ts';
import { industryBook, type PlaceKind } from './industry.rules.ts';

const pack = JSON.parse(readFileSync(join(programDir, 'packs', '000000-national', 'registry.json'), 'utf8')) as {
  placeKinds: { value: PlaceKind[] };
};
const kinds = pack.placeKinds.value;
const book = industryBook(kinds);

test('a place belongs to the department of its kind, and without a kind to that of its class', () => {
  expect(book.of('school', 'kindergarten')).toBe('education');
  expect(book.of('school', null)).toBe('education');
  expect(book.of('transport', 'pedestrian_crossing')).toBe('city_management');
  expect(book.of('transport', null)).toBe('transport');
  expect(book.of('other', 'elder_care')).toBe('civil_affairs');
});

test('offices, factories and places of unknown class are nobody’s: no department is blamed by guess', () => {
  expect(book.of('office', 'business_office')).toBeNull();
  expect(book.of('other', null)).toBeNull();
  expect(book.of(null, null)).toBeNull();
  expect(book.names).not.toContain('none');
});

test('a list narrowed to an industry holds exactly the places that are counted there', () => {
  const classes = [...new Set(kinds.map((kind) => kind.class))];
  const places = classes.flatMap((one) => [
    [one, null] as const,
    ...kinds.filter((kind) => kind.class === one).map((kind) => [one, kind.code] as const),
  ]);
  for (const industry of book.names) {
    const { classes: own, without, also } = book.parts(industry);
    const listed = places.filter(
      ([one, kind]) => (own.includes(one) && !without.includes(kind ?? '')) || also.includes(kind ?? ''),
    );
    expect(listed).toEqual(places.filter(([one, kind]) => book.of(one, kind) === industry));
    expect(listed.length).toBeGreaterThan(0);
  }
});
