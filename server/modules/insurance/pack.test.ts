import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plainOf } from '../../kernel/packs.ts';
import { programDir } from '../../kernel/program.ts';
import { insurancePack } from './pack.ts';
import { checkScheme } from './scheme.rules.ts';

const national: unknown = JSON.parse(readFileSync(join(programDir, 'packs/000000-national/insurance.json'), 'utf8'));
const wuxi: unknown = JSON.parse(readFileSync(join(programDir, 'packs/320200-wuxi/insurance.json'), 'utf8'));

test('the default city’s schemes are whole and agree with themselves', () => {
  const settings = plainOf(insurancePack.parse(Object.assign({}, national, wuxi)));
  expect(settings.schemes.map((s) => s.code)).toEqual(['wuxi_liability']);
  for (const scheme of settings.schemes) expect(checkScheme(scheme)).toEqual([]);
  expect(settings.clocks.map((c) => c.id)).toEqual(['assess', 'refusal_notice', 'pay', 'interim']);
});

test('江阴 and 宜兴 go their own way (无锡 2014, 八末)', () => {
  const settings = plainOf(insurancePack.parse(Object.assign({}, national, wuxi)));
  expect(settings.schemes[0]?.excludedAreas).toEqual(['320281', '320282']);
});
