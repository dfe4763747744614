import { beforeAll, expect, test } from 'vitest';
import { addDays, dayOf } from '../../kernel/time.ts';
import { picture } from '../browser.ts';
import { choose, openWalk, press, type Walk } from './walk.ts';

let walk: Walk;
beforeAll(async () => {
  walk = await openWalk();
}, 300_000);

const COVERAGES = [
  ['第三者责任', '70'],
  ['困人', '10'],
  ['无责救助', '10'],
  ['维修费用', '10'],
] as const;

test('a clerk files a product of four coverages without a line of code, and it is offered beside the others', async () => {
  const clerk = await walk.as('underwriter');
  const { page } = clerk;
  const fill = (label: string, value: string, n = 0) => page.getByLabel(label, { exact: true }).nth(n).fill(value);
  await clerk.go('/insurance/products/new'); // without a scheme: it is chosen here
  await choose(page, '方案', '电梯安全责任保险');
  await fill('名称', '示例四项责任险');
  await fill('产品代码', 'four_parts');
  await fill('备案编号', '示例备案12号');
  await fill('费率备案编号', '示例备案12号-费率');
  for (const [i, [kind, percent]] of COVERAGES.entries()) {
    if (i > 0) await press(page, '增加保障');
    await fill('名称', `示例${kind}`, i + 1);
    await page.getByLabel('类别', { exact: true }).nth(i).click();
    await page.locator('.ant-select-item-option:visible', { hasText: kind }).first().click();
    await fill('占保费比例（%）', percent, i);
  }
  await press(page, '允许分期');
  await fill('保费满多少可分期（元）', '5,000');
  await fill('垂直电梯', '88');
  await page.getByText(/费率缺少类别「自动扶梯与人行道」/).waitFor(); // told while typing
  await fill('自动扶梯与人行道', '90');
  await page.getByText('检查通过，可以提交（将成为第 1 版）').waitFor();
  await picture(page, 'product-editor');
  await press(page, '提交备案');
  await page.getByRole('heading', { name: '示例四项责任险' }).waitFor();
  for (const told of ['1/2，起保前；1/2，起保后 90 天', '70 %', '¥88.00']) await page.getByText(told).first().waitFor();

  // Taken out by a use unit, from a day on which it is sold.
  const holder = await walk.as('use-unit-head');
  await holder.go('/insurance/insure');
  await choose(holder.page, '险种', '责任保险');
  await holder.page
    .getByLabel('起保日（零时起）')
    .first()
    .fill(addDays(dayOf(new Date()), 12));
  await press(holder.page, '询价');
  const offers = holder.page.getByRole('region', { name: '报价' });
  await offers.waitFor();
  expect(await offers.getByText('示例四项责任险').count()).toBeGreaterThan(0);
  await picture(holder.page, 'product-offered');
}, 240_000);
