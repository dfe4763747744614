import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CommandError } from './context.ts';
import { packCommand } from './pack.ts';

let printed: string[] = [];
beforeEach(() => {
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const tian = (...words: string[]) => packCommand().parseAsync(words, { from: 'user' });

test('check says what a pack holds, and that a city rests on a draft', async () => {
  await tian('check', '--city', '430900');
  expect(printed.join('\n')).toMatch(/^430900 益阳市 Yiyang \(draft\)\n {2}identity@[0-9a-f]{12} {2}\d+\/\d+/);
});

test('list prints every figure with its place, unit and source', async () => {
  await tian('list', 'rescue', '--city', '320100');
  expect(printed.join('\n')).toMatch(/^✓ .*\(\$\.hotline\) = "96333" {2}\[.*\(六\)\]$/m);
  await expect(tian('list', 'nothing', '--city', '320100')).rejects.toThrow(CommandError);
});

test('check of a broken pack names file and path and fails', async () => {
  const further = await mkdtemp(join(tmpdir(), 'tian-further-'));
  await mkdir(join(further, '320200-wuxi'));
  await writeFile(join(further, '320200-wuxi', 'rescue.json'), '{"hotline": 5}');
  vi.stubEnv('TIAN_PACKS', further);
  await expect(tian('check', '--city', '320200')).rejects.toThrow(/320200-wuxi\/rescue\.json {2}\$\.hotline/);
});
