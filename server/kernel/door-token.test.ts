import { expect, test } from 'vitest';
import { doorToken, idBehind } from './door-token.ts';
import { keysForTest } from './keys.ts';
import { secretData } from './secret-data.ts';

const id = '019389ab-0000-7000-8000-00000000abcd';
const until = new Date('2026-11-21T10:00:00Z');
const before = new Date('2026-11-21T09:59:59Z');
const after = new Date('2026-11-21T10:00:01Z');

test.each(['aes', 'sm4'] as const)('a token (%s) opens its record until it runs out, and fits an address', (cipher) => {
  const secret = secretData(keysForTest(), cipher);
  const token = doorToken(secret, 'test.door', { id, until });
  expect(token.length).toBeLessThanOrEqual(100); // the longest parameter of an address
  expect(token).not.toContain('abcd');
  expect(idBehind(secret, 'test.door', { token, now: before })).toBe(id);
  expect(idBehind(secret, 'test.door', { token, now: after })).toBeUndefined();
});

test('a token of another door, a changed one and nonsense open nothing', () => {
  const secret = secretData(keysForTest(), 'aes');
  const token = doorToken(secret, 'test.door', { id, until });
  // Not the last character: some of its bits stand for nothing.
  const changed = `${token.slice(0, -5)}${token.at(-5) === 'A' ? 'B' : 'A'}${token.slice(-4)}`;
  expect(idBehind(secret, 'test.other', { token, now: before })).toBeUndefined();
  for (const bad of [changed, '', 'nonsense', 'x'.repeat(90), '../../etc/passwd'])
    expect(idBehind(secret, 'test.door', { token: bad, now: before })).toBeUndefined();
});
