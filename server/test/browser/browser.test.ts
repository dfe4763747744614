import { statSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, picture } from '../browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** How many pixels of a text differ from the box that stands for a missing letter. */
const inkOf = `(text) => {
  const canvas = document.createElement('canvas');
  canvas.width = 64;
  canvas.height = 64;
  const to = canvas.getContext('2d');
  to.font = '48px sans-serif';
  to.fillText(text, 4, 52);
  return [...to.getImageData(0, 0, 64, 64).data].filter((_, i) => i % 4 === 3).join('');
}`;

test('Chinese is drawn with real letters, so pictures of pages can be judged', async () => {
  const page = await browser.newPage();
  await page.setContent('<p style="font: 32px sans-serif">电梯困人 梯安</p>');
  const [lift, ladder, missing] = await page.evaluate<string[]>(`['电', '梯', '\\u{10FFFE}'].map(${inkOf})`);
  expect(lift).not.toBe(ladder);
  expect(lift).not.toBe(missing);
  expect(statSync(await picture(page, 'chinese')).size).toBeGreaterThan(1_000);
});

test('maps can be drawn: WebGL 2 works', async () => {
  const page = await browser.newPage();
  expect(await page.evaluate(`document.createElement('canvas').getContext('webgl2') !== null`)).toBe(true);
});
