import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plainOf } from '../../kernel/packs.ts';
import { rescuePack } from './pack.ts';

const national: unknown = JSON.parse(readFileSync('packs/000000-national/rescue.json', 'utf8'));

test('what no city has set otherwise is complete', () => {
  const settings = plainOf(rescuePack.parse(national));
  expect(settings.levels.map((l) => l.who)).toEqual(['contracted', 'nearest', 'emergency_services']);
  expect(settings.clocks.arrivalUrbanSeconds).toBe(1_800); // TSG T5002-2017 article 5
});

test('minutes are not taken for seconds', () => {
  const text = JSON.stringify(national).replace('"value":300,"unit":"s"', '"value":5,"unit":"min"');
  expect(rescuePack.safeParse(JSON.parse(text)).success).toBe(false);
});
