import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ElevatorId } from '../../kernel/ids.ts';
import { keysForTest } from '../../kernel/keys.ts';
import { qrToken, readQrToken } from './qr.ts';

const keys = keysForTest();
const uuid = fc.uuid().map((id) => id as ElevatorId);

test('a plate leads to its elevator and to no other', () => {
  fc.assert(
    fc.property(uuid, (id) => {
      expect(readQrToken(keys, qrToken(keys, id))).toBe(id);
    }),
  );
});

test('a plate that anyone changed, or another city signed, leads nowhere', () => {
  fc.assert(
    fc.property(uuid, fc.nat(35), fc.constantFrom(...'AQgwx_-0'), (id, at, char) => {
      const token = qrToken(keys, id);
      const forged = token.slice(0, at) + char + token.slice(at + 1);
      fc.pre(forged !== token);
      const read = readQrToken(keys, forged);
      // The last bits of a base64url group may be spare: then it is the same plate, never another elevator's.
      expect(read === null || read === id).toBe(true);
    }),
  );
  const id = '018f0000-0000-7000-8000-000000000001' as ElevatorId;
  expect(readQrToken(keysForTest('another city'), qrToken(keys, id))).toBeNull();
  for (const text of ['', 'x', 'x'.repeat(36), '../../etc/passwd', '%00'.repeat(12)])
    expect(readQrToken(keys, text)).toBeNull();
});
