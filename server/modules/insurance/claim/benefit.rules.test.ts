import { expect, test } from 'vitest';
import { fen } from '../../../kernel/money.ts';
import { type BenefitTable, benefitFor } from './benefit.rules.ts';

const table = (steps: readonly (readonly [minutes: number, open: boolean, yuan: number])[]): BenefitTable => ({
  id: 't',
  kind: 'limit',
  onlyWithoutInjury: true,
  steps: steps.map(([minutes, open, yuan]) => ({ fromSeconds: minutes * 60, open, amount: fen(yuan * 100) })),
});
const jiangsu2014 = table([[120, true, 200]]);
const nanjing2 = table([
  [30, true, 200],
  [60, false, 400],
]); // "under 1 h" and "over 1 h": 60:00 reads for the insured
const shandong2019 = table([
  [30, false, 200],
  [60, true, 300],
  [90, true, 400],
  [120, true, 500],
]);
const chongqing2019 = table([
  [15, false, 300],
  [30, false, 500],
]);

test.each([
  ['09:59', 0, 0, 0, 0],
  ['15:00', 0, 0, 0, 300],
  ['29:59', 0, 0, 0, 300],
  ['30:00', 0, 0, 200, 500],
  ['30:01', 0, 200, 200, 500],
  ['60:00', 0, 400, 200, 500],
  ['60:01', 0, 400, 300, 500],
  ['95:00', 0, 400, 400, 500],
  ['120:00', 0, 400, 400, 500],
  ['120:01', 200, 400, 500, 500],
] as const)('trapped for %s: Jiangsu %i, Nanjing %i, Shandong %i, Chongqing %i yuan', (time, ...yuan) => {
  const [minutes = 0, seconds = 0] = time.split(':').map(Number);
  const paid = [jiangsu2014, nanjing2, shandong2019, chongqing2019].map(
    (t) => benefitFor(t, minutes * 60 + seconds) / 100,
  );
  expect(paid).toEqual(yuan);
});
