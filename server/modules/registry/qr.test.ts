import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ElevatorId } from '../../kernel/ids.ts';
import { keysForTest } from '../../kernel/keys.ts';
import { elevatorOfScan, qrToken, readQrToken, scanPath } from './qr.ts';

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

test('what a camera reads from a plate leads to the elevator, whatever host is printed on it', () => {
  fc.assert(
    fc.property(uuid, (id) => {
      const token = qrToken(keys, id);
      for (const text of [
        token,
        scanPath(token),
        `https://example.cn${scanPath(token)}`,
        ` http://10.0.0.1:8080${scanPath(token)}?from=wall `,
      ])
        expect(elevatorOfScan(keys, text)).toBe(id);
      expect(elevatorOfScan(keys, `https://example.cn/~/x/${token}`)).toBeNull();
    }),
  );
  expect(elevatorOfScan(keys, '320001')).toBeNull();
});
