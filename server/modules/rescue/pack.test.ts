import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plainOf } from '../../kernel/packs.ts';
import { rescuePack } from './pack.ts';

const wuxi: unknown = JSON.parse(readFileSync('packs/320200-wuxi/rescue.json', 'utf8'));

test('the default city has complete rescue settings', () => {
  const settings = plainOf(rescuePack.parse(wuxi));
  expect(settings.levels.map((l) => l.who)).toEqual(['contracted', 'nearest', 'emergency_services']);
  expect(settings.clocks.arrivalUrbanSeconds).toBe(1_800); // TSG T5002-2017 article 5
});

test('minutes are not taken for seconds', () => {
  const text = JSON.stringify(wuxi).replace('"value":300,"unit":"s"', '"value":5,"unit":"min"');
  expect(rescuePack.safeParse(JSON.parse(text)).success).toBe(false);
});
