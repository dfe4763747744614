import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openLengthWatch } from './mqtt.ts';

/** A packet of this many bytes after its header, as MQTT writes it. */
function packet(length: number): Buffer {
  const header = [0x30];
  for (let left = length; ; left = Math.floor(left / 128)) {
    header.push(left > 127 ? (left % 128) | 128 : left);
    if (left <= 127) break;
  }
  return Buffer.concat([Buffer.from(header), Buffer.alloc(length, 0xff)]);
}

test('a packet above the limit is seen, and no other, however the bytes are cut', () => {
  const lengths = fc.array(fc.oneof(fc.nat(3), fc.nat(300), fc.integer({ min: 16_300, max: 16_500 })), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(lengths, fc.array(fc.integer({ min: 1, max: 400 })), fc.nat(17_000), (sizes, cuts, limit) => {
      const tooBig = openLengthWatch(limit);
      const bytes = Buffer.concat(sizes.map(packet));
      let seen = false;
      for (let from = 0, n = 0; from < bytes.length && !seen; n += 1) {
        const to = Math.min(bytes.length, from + (cuts[n] ?? 20_000));
        seen = tooBig(bytes.subarray(from, to));
        from = to;
      }
      expect(seen).toBe(sizes.some((size) => size > limit));
    }),
  );
});

test('a length of more than four bytes ends with the fourth', () => {
  expect(openLengthWatch(1_000_000)(Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0xff]))).toBe(true);
});
