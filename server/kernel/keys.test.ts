import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KEY_FILE, openKeys } from './keys.ts';
import { secretData } from './secret-data.ts';

const now = new Date('2026-11-21T00:00:00Z');
const folder = () => mkdtempSync(join(tmpdir(), 'tian-keys-'));

test('a new data folder gets a key file that only its owner reads, and that says what its loss means', () => {
  const dir = folder();
  const { keys, made } = openKeys(join(dir, 'data'), now);
  expect(made).toBe(true);
  const path = join(dir, 'data', KEY_FILE);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, 'utf8')).toMatch(/丢失后无法恢复.*if it is lost they are lost/);
  expect(keys.currentId).toBe('k1');
});

test('the next start reads the same key', () => {
  const dir = folder();
  const first = openKeys(dir, now);
  const second = openKeys(dir, now);
  expect(second.made).toBe(false);
  const sealed = secretData(first.keys, 'aes').seal('x', '张三');
  expect(secretData(second.keys, 'aes').open('x', sealed)).toBe('张三');
  expect(second.keys.fingerprintOf('k1')).toBe(first.keys.fingerprintOf('k1'));
});

test('a new key in the file seals from now on; what the old one sealed still opens and is still found', () => {
  const dir = folder();
  const before = openKeys(dir, now).keys;
  const [sealed, key] = [secretData(before, 'aes').seal('x', '张三'), secretData(before, 'aes').lookup('x', '张三')];
  const path = join(dir, KEY_FILE);
  const file = JSON.parse(readFileSync(path, 'utf8')) as { current: string; keys: object[] };
  file.keys.push({ id: 'k2', secret: Buffer.alloc(32, 7).toString('base64'), madeAt: now.toISOString() });
  writeFileSync(path, JSON.stringify({ ...file, current: 'k2' }));
  const after = secretData(openKeys(dir, now).keys, 'aes');
  expect(after.open('x', sealed)).toBe('张三');
  expect(after.lookup('x', '张三')).toBe(key);
  expect(after.seal('x', '张三')).toMatch(/^aes\.k2\./);
});

test('two uses never share a key', () => {
  const { keys } = openKeys(folder(), now);
  expect(keys.derive('k1', 'a').export()).not.toEqual(keys.derive('k1', 'b').export());
});

test('a file that is no key file stops the start', () => {
  const dir = folder();
  writeFileSync(join(dir, KEY_FILE), '{"keys":[]}');
  expect(() => openKeys(dir, now)).toThrow(/is a key file/);
});
