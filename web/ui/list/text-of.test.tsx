import { expect, test } from 'vitest';
import { Mark } from '../mark.tsx';
import { Day, Due, When } from '../when.tsx';
import { textOf } from './text-of.ts';

test('a cell is written as it is read', () => {
  expect(textOf('锡山')).toBe('锡山');
  expect(textOf(12)).toBe('12');
  expect(textOf('—')).toBe('');
  expect(textOf(null)).toBe('');
  expect(textOf(<code>320101</code>)).toBe('320101');
  expect(textOf(<Mark tone="good">在用</Mark>)).toBe('在用');
});

test('instants are written whole, in city time, and days as days', () => {
  expect(textOf(<When at="2026-11-20T16:00:00.000Z" />)).toBe('2026-11-21 00:00:00');
  expect(textOf(<When at={null} />)).toBe('');
  expect(textOf(<Day on="2026-11-21" />)).toBe('2026-11-21');
  expect(textOf(<Due on="2026-11-21" soonDays={60} />)).toBe('2026-11-21');
});

test('pieces beside each other are parted by a space', () => {
  const cell = (
    <span>
      <b>甲</b>
      {null}
      <b>乙</b>
    </span>
  );
  expect(textOf(cell)).toBe('甲 乙');
});
