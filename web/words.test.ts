import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hasWords, say, wordCodes } from '../words/index.ts';

const sources = readdirSync('web', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(`web/${file}`, 'utf8') }));

test('every text the console asks for by name is written down', () => {
  const asked = sources.flatMap(({ file, text }) =>
    [...text.matchAll(/\bsay\(\s*'([a-z_.A-Z0-9]+)'/g)].map(([, code = '']) => `${file}: ${code}`),
  );
  expect(asked.length).toBeGreaterThan(200);
  expect(asked.filter((line) => !hasWords(line.split(': ')[1] ?? ''))).toEqual([]);
});

test('no page speaks in its own words: every text can be read in both languages', () => {
  const own = sources.filter(({ text }) => /[\u4e00-\u9fff]/.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')));
  expect(own.map(({ file }) => file)).toEqual([]);
});

test('every text of the console has both languages with the same blanks to fill', () => {
  const blanks = (text: string) =>
    [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort((a, b) => a.localeCompare(b));
  const own = wordCodes().filter((code) => code.startsWith('web.'));
  const unequal = own.filter((code) => {
    const [zh, en] = [say(code, 'zh'), say(code, 'en')];
    return zh === '' || String(blanks(zh)) !== String(blanks(en));
  });
  expect(unequal).toEqual([]);
});

test('the console’s own texts are all used', () => {
  const all = sources.map(({ text }) => text).join('\n');
  const prefixes = [...all.matchAll(/`(web\.[a-z_.]+)\$\{/g)].map(([, prefix = '']) => prefix);
  const byWord = [...all.matchAll(/'(web\.[a-z_.]+)'/g)].map(([, code = '']) => `${code}.`);
  const unused = wordCodes()
    .filter((code) => code.startsWith('web.') && !all.includes(`'${code}'`))
    .filter((code) => ![...prefixes, ...byWord].some((prefix) => code.startsWith(prefix)));
  expect(unused).toEqual([]);
});

test('amounts and codes in a sentence are said as people read them', () => {
  const said = say('insurance.payer_overpaid', 'zh', { payer: 'owner', due: 123_456, paid: 123_500 });
  expect(said).toContain('¥1,234.56');
  expect(said).toContain('¥1,235.00');
  expect(said).toContain(say('insurance.payer.owner', 'zh'));
  expect(said).not.toMatch(/[{}|]/);
});
