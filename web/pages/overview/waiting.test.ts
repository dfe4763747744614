import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hasWords } from '../../../words/index.ts';
import { paths } from '../../paths.ts';
import { pageOf } from './waiting.rules.ts';

const files = readdirSync('server/modules', { recursive: true, encoding: 'utf8' });
const codes = files
  .filter((file) => file.endsWith('waiting.views.ts'))
  .flatMap((file) =>
    [...readFileSync(`server/modules/${file}`, 'utf8').matchAll(/code: '([a-z_.]+)'/g)].map(([, code = '']) => code),
  );

test('whatever waits for somebody can be read and opened', () => {
  expect(codes.length).toBeGreaterThan(3);
  expect(codes.filter((code) => !hasWords(code))).toEqual([]);
  expect(codes.filter((code) => pageOf(code) === paths.overview())).toEqual([]);
});
