import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_INGEST_PROCESSES } from '../../kernel/config.ts';
import {
  bytesOf,
  MOST_PARCEL_BYTES,
  type Part,
  packParcel,
  type Sent,
  shareOut,
  unpackParcel,
} from './parcel.rules.ts';
import { SLOTS, slotOf, slotsOf } from './slot.rules.ts';

const raw = fc.uint8Array({ maxLength: 300 });
const taken = fc.record({ raw, no: fc.nat({ max: 300_000 }), pos: fc.nat({ max: 2 ** 51 }) });
const aside = fc.record({
  raw,
  aside: fc.record({ reason: fc.constant('bad_field' as const), detail: fc.string(), elevator: fc.string() }),
});
const sent: fc.Arbitrary<Sent> = fc.oneof(taken, aside);
const part: fc.Arbitrary<Part> = fc.record({
  sourceNo: fc.nat(),
  door: fc.constantFrom('mqtt', 'http'),
  key: fc.option(fc.string()),
  sent: fc.array(sent, { maxLength: 20 }),
});
const plain = (parts: readonly Part[]) =>
  parts.map((p) => ({ ...p, sent: p.sent.map((one) => ({ ...one, raw: [...one.raw] })) }));

test('what is unpacked is what was packed, byte for byte', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
      expect(plain(unpackParcel(packParcel(parts)) ?? [])).toEqual(plain(parts));
    }),
  );
});

test('bytes that are cut short or are no parcel are told from one', () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), fc.double({ min: 0, max: 0.999 }), (parts, share) => {
      const bytes = packParcel(parts);
      expect(unpackParcel(bytes.subarray(0, Math.floor(bytes.length * share)))).toBeNull();
    }),
  );
  for (const text of ['1', 'null', '{}', '[]', '[1]', '[{"sent":1}]', '[{"sent":[{"bytes":-1}]}]']) {
    const bytes = Buffer.from(`\0\0\0${String.fromCodePoint(text.length)}${text}`);
    expect(unpackParcel(bytes)).toBeNull();
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      expect(unpackParcel(bytes)).toBeNull();
    }),
  );
});

test('sharing out loses nothing, keeps the order of each slot, and fits the stream', () => {
  fc.assert(
    fc.property(fc.array(sent, { maxLength: 200 }), fc.nat({ max: 40 }), (batch, sourceNo) => {
      const pieces = shareOut(batch, sourceNo);
      expect(pieces.flatMap((piece) => piece.sent)).toHaveLength(batch.length);
      for (let slot = 0; slot < SLOTS; slot += 1) {
        const together = pieces.filter((piece) => piece.slot === slot).flatMap((piece) => piece.sent);
        const wanted = batch.filter((one) => ('no' in one ? slotOf(one.no) : sourceNo % SLOTS) === slot);
        expect(together).toEqual(wanted);
      }
      for (const { sent: some } of pieces) {
        const bytes = some.reduce((sum, one) => sum + bytesOf(one), 0);
        expect(some.length === 1 || bytes <= MOST_PARCEL_BYTES).toBe(true);
      }
    }),
  );
});

test('long messages are cut into more pieces, in the same places each time', () => {
  const long = Array.from({ length: 200 }, (_, i): Sent => ({ no: i % 3, pos: i, raw: new Uint8Array(16_000) }));
  const pieces = shareOut(long, 1);
  expect(Math.max(...pieces.map(({ sent: some }) => some.length * 16_500))).toBeLessThanOrEqual(MOST_PARCEL_BYTES);
  expect(shareOut(long, 1)).toEqual(pieces);
});

test('every slot belongs to one process, however many there are', () => {
  for (let of = 1; of <= MOST_INGEST_PROCESSES; of += 1) {
    const all = Array.from({ length: of }, (_, number) => slotsOf({ number, of }));
    expect(all.every((slots) => slots.length > 0)).toBe(true);
    expect(all.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: SLOTS }, (_, slot) => slot));
  }
  expect(MOST_INGEST_PROCESSES).toBe(SLOTS);
});
