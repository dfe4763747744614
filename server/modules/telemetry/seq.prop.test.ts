import fc from 'fast-check';
import { expect, test } from 'vitest';
import { admit, NO_WINDOWS, REMEMBERED, readWindows, type Windows } from './seq.rules.ts';

const numbers = fc.array(fc.record({ boot: fc.integer({ min: 1, max: 2 }), seq: fc.integer({ min: 0, max: 3_000 }) }), {
  maxLength: 300,
});

test('a number is new exactly once, whatever the order, and only what lies outside the window is too old', () => {
  fc.assert(
    fc.property(numbers, (sent) => {
      let windows: Windows = NO_WINDOWS;
      const kept = new Set<string>();
      const highest = new Map<number, number>();
      for (const { boot, seq } of sent) {
        const name = `${boot}:${seq}`;
        const top = highest.get(boot);
        const answer = admit(windows, { sourceNo: 7, boot, seq });
        const expected = top !== undefined && seq <= top - REMEMBERED ? 'too_old' : kept.has(name) ? 'repeated' : 'new';
        expect(answer.seen).toBe(expected);
        if (answer.seen !== 'new') continue;
        kept.add(name);
        highest.set(boot, Math.max(top ?? 0, seq));
        windows = answer.windows;
      }
    }),
  );
});

test('windows survive being written down and read again', () => {
  fc.assert(
    fc.property(numbers, (sent) => {
      let windows: Windows = NO_WINDOWS;
      for (const { boot, seq } of sent) windows = admit(windows, { sourceNo: 7, boot, seq }).windows;
      expect(readWindows(JSON.parse(JSON.stringify(windows)))).toEqual(windows);
    }),
  );
});

test('two senders of one elevator count apart', () => {
  const first = admit(NO_WINDOWS, { sourceNo: 1, boot: 0, seq: 5 });
  expect(admit(first.windows, { sourceNo: 2, boot: 0, seq: 5 }).seen).toBe('new');
  expect(admit(first.windows, { sourceNo: 1, boot: 0, seq: 5 }).seen).toBe('repeated');
});

test('a message of a counting before the last two restarts is too old to be checked', () => {
  let windows: Windows = NO_WINDOWS;
  for (const boot of [5, 6]) windows = admit(windows, { sourceNo: 1, boot, seq: 1 }).windows;
  expect(admit(windows, { sourceNo: 1, boot: 4, seq: 9 }).seen).toBe('too_old');
  expect(admit(windows, { sourceNo: 1, boot: 5, seq: 2 }).seen).toBe('new');
});

test('windows written down by sender, as they once were, are still known', () => {
  const stored = { 1: [{ boot: 2, max: 9, missing: [[3, 4]] }], 20: [{ boot: 0, max: 5, missing: [] }] };
  const windows = readWindows(stored);
  expect(admit(windows, { sourceNo: 1, boot: 2, seq: 9 }).seen).toBe('repeated');
  expect(admit(windows, { sourceNo: 1, boot: 2, seq: 3 }).seen).toBe('new');
  expect(admit(windows, { sourceNo: 20, boot: 0, seq: 5 }).seen).toBe('repeated');
  expect(readWindows(null)).toEqual([]);
});

test('a box that counts without holes costs three numbers', () => {
  let windows: Windows = NO_WINDOWS;
  for (let seq = 0; seq < 5_000; seq += 1) windows = admit(windows, { sourceNo: 1, boot: 0, seq }).windows;
  expect(windows).toEqual([{ sourceNo: 1, boot: 0, max: 4_999, missing: [] }]);
});
