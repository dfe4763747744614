import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { invariant } from '../../kernel/result.ts';
import { addDays, dayOf } from '../../kernel/time.ts';
import { picture } from '../browser.ts';
import { choose, openWalk, press, type Walk } from './walk.ts';

let walk: Walk;
beforeAll(async () => {
  walk = await openWalk();
}, 300_000);

const rowsOf = async <T extends object>(query: string, params: readonly unknown[] = []): Promise<T[]> =>
  (await walk.kernel.pool.query<T>(query, [...params])).rows;

/** Three insurers file the same text in an open market: what the agent compares. */
async function fileThree(): Promise<void> {
  const [scheme] = await rowsOf<{ id: string; body: object; tariff: object }>(
    `insert into insurance.scheme (id, code, name, kind, market, basis, admission, source, verified, opened_on)
     values ($1, 'walk', '示例综合保险', 'comprehensive', 'open', 'voluntary', '{}', 'test', false, '2026-01-01') returning id`,
    [newId()],
  );
  const sold = `select p.body, t.body as tariff from insurance.product p join insurance.tariff t on t.product_id = p.id
    where p.filing_no <> '' limit 1`;
  const [text] = await rowsOf<{ body: object; tariff: object }>(sold);
  const insurers = await rowsOf<{ id: string; name: string }>(
    `select id, name from identity.org where 'insurer' = any(kinds) order by (name = '示例财产保险公司') desc, name limit 3`,
  );
  invariant(scheme && text && insurers.length === 3, 'the demo has a filed product and three insurers');
  for (const { id, name } of insurers) {
    const product = newId();
    await rowsOf(
      `insert into insurance.product (id, scheme_id, insurer_org_id, code, version, name, filing_no, body, from_on, source, verified)
       values ($1, $2, $3, $4, 1, $5, '示例备案3号', $6, '2026-01-01', 'test', false)`,
      [product, scheme.id, id, `walk_${name}`, `${name}综合险`, { ...text.body, kind: 'comprehensive' }],
    );
    await rowsOf(
      `insert into insurance.tariff (id, product_id, version, filing_no, body, from_on, source, verified)
       values ($1, $2, 1, '示例备案3号', $3, '2026-01-01', 'test', false)`,
      [newId(), product, text.tariff],
    );
  }
}

/** What a table shows, row by row, by the heads of its columns. */
const tableOf = (page: Page, label: string): Promise<Record<string, string>[]> =>
  page
    .getByRole('region', { name: label, exact: true })
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) =>
        Object.fromEntries(
          Array.from(row.querySelectorAll('td')).map((td) => [td.dataset['title'] ?? '', td.innerText.trim()]),
        ),
      ),
    );

test('an agent uploads a roster, compares three offers, and the policy is paid, matched, issued and printed', async () => {
  await fileThree();
  const [own] = await rowsOf<{ holder: string; code: string }>(
    `select o.name as holder, e.rescue_code as code from registry.elevator_card e join identity.org o on o.id = e.use_org_id
     join identity.account a on a.org_id = o.id and a.username = 'use-unit-head'
     where e.state = 'in_use' and e.rescue_code is not null
       and e.maintenance_org_id = (select org_id from identity.account where username = 'maintenance-manager') limit 1`,
  );
  invariant(own, 'the demo’s agent maintains an elevator of the demo’s use unit');
  const agent = await walk.as('maintenance-manager');
  await agent.go('/insurance/insure');
  await agent.page.getByLabel('清单（XLSX 或 CSV）').setInputFiles({
    name: '清单.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`救援识别码\n${own.code}\n999999\n`),
  });
  await choose(agent.page, '产品', '示例财产保险公司综合险');
  await press(agent.page, '试算');
  await agent.page.getByRole('region', { name: '未能承保的行' }).waitFor();
  expect(await tableOf(agent.page, '未能承保的行')).toMatchObject([{ 行号: '3', 电梯编号: '999999' }]);
  await picture(agent.page, 'roster');

  const from = addDays(dayOf(new Date()), 12);
  await choose(agent.page, '险种', '综合保险');
  await choose(agent.page, '投保人', own.holder);
  await agent.page.getByLabel('起保日（零时起）').first().fill(from);
  await press(agent.page, '询价');
  await agent.page.getByRole('region', { name: '报价' }).waitFor();
  const [drawn] = await rowsOf<{ seed: string; shown: string[] }>(
    `select seed, shown from insurance.comparison order by asked_at desc limit 1`,
  );
  const products = await rowsOf<{ id: string; name: string }>(
    `select p.id, o.name from insurance.product p join identity.org o on o.id = p.insurer_org_id where p.code like 'walk_%'`,
  );
  const lot = (id: string) => createHash('sha256').update(`${drawn?.seed}:${id}`).digest('hex');
  const order = products.toSorted((a, b) => (lot(a.id) < lot(b.id) ? -1 : 1)).map(({ name }) => name);
  const offers = await tableOf(agent.page, '报价');
  expect(offers.map((row) => row['首席保险人'])).toEqual(order); // nobody is put first but by lot
  expect(new Set(offers.map((row) => row['保费']))).toHaveLength(1);
  await picture(agent.page, 'offers');

  await agent.page
    .getByRole('row', { name: /示例财产保险公司/ })
    .getByRole('link')
    .click();
  const number = '示例ZH2026000001';
  await agent.page.getByLabel('保单号').fill(number);
  await press(agent.page, '确认投保');
  await agent.page.getByText('待缴费').first().waitFor();
  const policyPath = new URL(agent.page.url()).pathname;
  const owed = await tableOf(agent.page, '缴费分担');
  await picture(agent.page, 'policy-awaiting');

  const underwriter = await walk.as('underwriter');
  await underwriter.go(policyPath);
  await press(underwriter.page, '出单');
  await underwriter.page
    .getByText(/尚未收到全部保费（已到 ¥0\.00/)
    .first()
    .waitFor();

  const cashier = await walk.as('cashier');
  await cashier.go('/insurance/bank?tab=statements');
  const paid = owed.filter((row) => row['待缴'] !== '—');
  const lines = paid.map(
    (row, i) =>
      `W-${i},${fromNow(-1)} 10:00:0${i},${row['待缴']?.replaceAll(/[¥,]/g, '')},6222000000001234,示例缴费方${i},${number} 保费`,
  );
  await cashier.page.getByLabel('文件').setInputFiles({
    name: '对账单.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`流水号,交易时间,金额,账号,对方户名,摘要\n${lines.join('\n')}\n`),
  });
  await press(cashier.page, '导入');
  await cashier.page.getByText(`入账 ${paid.length} 笔`).first().waitFor(); // the form says it, and a toast
  for (const row of paid) {
    await cashier.go('/insurance/bank?waiting=true');
    await cashier.page
      .getByRole('row', { name: new RegExp(String(row['待缴']).replace(/[.]/g, '\\.')) })
      .first()
      .click();
    const form = cashier.page.locator('form', { hasText: `${row['缴费方']}尚缴` });
    await form.getByRole('button', { name: '认领' }).click();
    await cashier.page.getByText('已用于').waitFor();
  }
  await picture(cashier.page, 'bank-matched');

  const payer = await walk.as('use-unit-head');
  await payer.go(policyPath);
  await expect
    .poll(async () => (await tableOf(payer.page, '缴费分担')).map((row) => row['待缴']))
    .toEqual(owed.map(() => '—'));
  await underwriter.go(policyPath);
  await press(underwriter.page, '出单');
  await underwriter.page.getByText('已出单').first().waitFor();
  await payer.page.reload();
  const paper = payer.page.getByRole('link', { name: '保险单' });
  const href = await paper.getAttribute('href');
  const pdf = await payer.context.request.get(`${walk.address}${href}`);
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
  await picture(payer.page, 'policy-issued');
});

const fromNow = (days: number) => addDays(dayOf(new Date()), days);

test('who was trapped is paid: from the release to the money on the phone, by two people of the insurer', async () => {
  const [covered] = await rowsOf<{ id: string; holder: string }>(
    `select l.elevator_id as id from insurance.policy p join insurance.policy_line l on l.policy_id = p.id
     join registry.elevator_card e on e.id = l.elevator_id
     where p.state = 'issued' and p.from_on < current_date - 2 and p.to_on > current_date + 2 and e.rescue_code is not null limit 1`,
  );
  invariant(covered, 'the demo has cover in force');
  const agent = await walk.as('agent');
  const ask = async (path: string, data: object) => {
    const answer = await agent.context.request.post(`${walk.address}/api/v1/rescue${path}`, {
      data,
      headers: { origin: walk.address },
    });
    expect(answer.status(), await answer.text()).toBe(200);
    return answer.json();
  };
  walk.clock.backMs = 3 * 3_600_000;
  const { incidentId } = await ask('/calls', { key: 'walk-call', elevatorId: covered.id });
  walk.clock.backMs = 0;
  await ask(`/incidents/${incidentId}/reports`, { do: 'release', key: 'walk-out', people: 1 });
  await walk.relay();

  const approver = await walk.as('approver');
  await approver.go('/claim-rules');
  await approver.page.getByLabel('每人最高（元）').fill('500');
  await press(approver.page, '批准规则');
  await approver.page.getByText('生效中').waitFor();
  await approver.go('/claims');
  await approver.page.getByRole('region', { name: '理赔' }).locator('tbody tr').first().click();
  await approver.page.getByText('救援时间记录').waitFor();
  const claimPath = new URL(approver.page.url()).pathname;

  const desk = await walk.as('shift-leader');
  await desk.go(`/incidents/${incidentId}`);
  await press(desk.page, '显示理赔码');
  const code = await desk.page.locator('.panel', { hasText: '理赔码' }).locator('.timeline code').first().innerText();

  const person = await walk.as(null, { phone: true });
  await person.go('/~/claim');
  await person.page.getByLabel('理赔码').fill(code);
  await press(person.page, '查看我的理赔');
  await person.page.getByLabel('姓名').fill('示例获救人');
  await person.page.getByLabel('证件号码').fill('11010519491231002X');
  await person.page.getByLabel('手机号码').fill('10000000001');
  await person.page.getByLabel('开户银行').fill('示例银行');
  await person.page.getByLabel('银行卡号').fill('6222000000000010');
  await picture(person.page, 'claimant-form').catch(() => undefined);
  await press(person.page, '提交');
  await person.page.getByText('示***').first().waitFor();
  expect(await person.page.content()).not.toContain('6222000000000010');
  const phonePage = person.page.url();

  const cashier = await walk.as('cashier');
  await cashier.go('/claim-payments');
  await press(cashier.page, '全选');
  await press(cashier.page, /^放行 1 笔/);
  const second = await walk.as('cashier-2'); // who let the money go does not say that it arrived
  await second.go('/claim-payments?state=ordered');
  await press(second.page, '登记到账');
  await second.page.getByLabel('付款账户后四位').fill('1234');
  await second.page.getByLabel('银行流水号').fill('W-CLAIM-1');
  await second.page.getByLabel('银行回单').setInputFiles({ name: '回单.png', mimeType: 'image/png', buffer: PNG });
  await press(second.page, /确认到账/);
  await second.page.getByText('银行回单').waitFor({ state: 'detached' });
  await second.go('/claim-payments?state=paid');
  await second.page.getByRole('region', { name: '赔款支付' }).locator('tbody tr').first().waitFor();
  await picture(second.page, 'claim-paid');

  await person.page.goto(phonePage);
  expect(await person.page.locator('.way .done').count()).toBe(4);
  await picture(person.page, 'claimant-paid').catch(() => undefined);
  await approver.go(claimPath);
  await approver.page.getByText('已结案').first().waitFor();
});

/** A picture of one point. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

test('an official opens a coverage figure down to an elevator, and hands in an annex that stays as it was', async () => {
  const official = await walk.as('city-regulator');
  await official.go('/insurance/coverage');
  const figure = official.page.locator('.figure', { hasText: '未保电梯' });
  const missing = Number((await figure.locator('.figure-value').innerText()).replaceAll(',', ''));
  await figure.locator('a').click();
  const list = official.page.getByRole('region', { name: '电梯清单' });
  await list.locator('tbody tr').first().waitFor();
  await list.evaluate((box) => box.scrollTo(0, box.scrollHeight));
  await official.page.getByText(`共 ${missing} 条`).waitFor();
  expect((await tableOf(official.page, '电梯清单')).every((row) => row['投保']?.includes('未保'))).toBe(true);
  await list.locator('tbody tr').first().click();
  await official.page.locator('.drawer').getByRole('link', { name: '电梯档案' }).click();
  await official.page.getByRole('tab', { name: '保险' }).click();
  const cover = official.page.getByRole('region', { name: '保险', exact: true });
  await cover.or(official.page.getByText('没有承保记录')).first().waitFor();
  expect(await cover.getByText('有效', { exact: true }).count()).toBe(0); // what was taken out for later does not count today

  const [insured] = await rowsOf<{ code: string }>(
    `select e.district_code as code from insurance.policy p join insurance.policy_line l on l.policy_id = p.id
     join registry.elevator_card e on e.id = l.elevator_id where p.state = 'issued' group by 1 order by count(*) desc limit 1`,
  );
  await official.go(`/insurance/annex?areaCode=${insured?.code}&kind=liability`);
  await official.page.getByText('附件 1 与附件 2 一致').waitFor();
  const total = await official.page.getByRole('row', { name: /^合计/ }).locator('td').nth(1).innerText();
  expect(total).toMatch(/^[1-9]/);
  await press(official.page, '报送');
  await official.page.getByText('已报送（更正号 0）').waitFor();
  await official.page.getByLabel('联系电话').fill('010-00000000');
  const [kept] = await Promise.all([official.page.waitForEvent('download'), press(official.page, 'XLSX')]);
  expect(kept.url()).not.toContain('010'); // a phone number in an address is written down on the way
  const { readXlsx } = await import('hucre/xlsx');
  const book = await readXlsx(readFileSync(await kept.path()));
  expect(book.sheets[0]?.rows.flat().map(String)).toContain(total);
  expect(JSON.stringify(book.sheets.map(({ rows }) => rows))).toContain('010-00000000');
  await rowsOf(`update insurance.policy_line set from_on = '2020-01-01', to_on = '2020-12-31'`);
  await official.page.reload();
  await official.page.getByText('数据与上次报送不同，可更正').waitFor();
  await picture(official.page, 'annex-changed');
  const [stands] = await rowsOf<{ n: number }>(
    `select (content -> 'one' -> -1 ->> 'elevators')::int as n from insurance.annex_report order by frozen_at desc limit 1`,
  );
  expect(stands?.n.toLocaleString('en-US')).toBe(total);
});

test('a surveyor on his phone records a check with a photo, and it is with the unit that must mend it', async () => {
  const [insured] = await rowsOf<{ code: string; unit: string }>(
    `select e.rescue_code as code from registry.elevator_card e where e.rescue_code is not null and e.maintenance_org_id is not null limit 1`,
  );
  const surveyor = await walk.as('surveyor', { phone: true });
  const { page } = surveyor;
  await surveyor.go('/survey');
  await page.getByLabel('救援识别码（铭牌上的六位数字）').fill(insured?.code ?? '');
  await page.getByRole('radio', { name: '维保质量抽查' }).click();
  await press(page, '开始服务');
  const good = page.getByRole('radio', { name: '合格', exact: true });
  await good.first().waitFor();
  const points = await good.count();
  for (let n = 0; n < points; n += 1) await good.nth(n).click();
  await press(page, /添加隐患/);
  await page.getByLabel('隐患描述').fill('层门门锁啮合不足');
  await page.locator('input[type=file]').setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: PNG });
  await page.locator('.phone-photo img').waitFor();
  await picture(page, 'survey');
  await page.close();
  const again = await surveyor.context.newPage(); // the phone was put away in the middle
  await again.goto(`${walk.address}/survey`);
  expect(await again.getByLabel('隐患描述').inputValue()).toBe('层门门锁啮合不足');
  await press(again, '完成并提交');
  await again
    .getByText(/FW-\d{4}-\d+/)
    .first()
    .waitFor();
  await picture(again, 'survey-done');
  const [taken] = await rowsOf<{ description: string; photos: number; passed: number }>(
    `select f.description, (select count(*)::int from kernel.attachment a join prevention.finding_step s on a.subject = s.id::text
         where s.finding_id = f.id) as photos,
       (select count(*)::int from jsonb_array_elements(v.checks) c where c ->> 'result' = 'pass') as passed
     from prevention.finding f join prevention.visit v on v.id = f.visit_id order by f.found_at desc limit 1`,
  );
  expect(taken).toEqual({ description: '层门门锁啮合不足', photos: 1, passed: points });
});

test('the database stops: what was typed stays, pages say so, and come back by themselves', async () => {
  const handler = await walk.as('handler');
  await handler.go('/claims');
  await press(handler.page, '登记报案');
  const said = '轿厢门夹伤右手，已送医';
  await handler.page.getByLabel('经过').fill(said);
  const underwriter = await walk.as('underwriter');
  await underwriter.go('/insurance/quotes');
  await underwriter.page.getByRole('region', { name: '报价与核保' }).locator('tbody tr').first().waitFor();

  await walk.line.cut();
  try {
    await press(handler.page, '提交报案');
    await handler.page.getByText('数据库暂时不可用，内容未保存，请稍后重试').first().waitFor();
    await handler.page.getByText(/系统暂时不可用，正在自动重试/).waitFor();
    expect(await handler.page.getByLabel('经过').inputValue()).toBe(said);
    await picture(handler.page, 'outage-claims');
    await underwriter.page.locator('nav').getByRole('link', { name: '续保' }).click();
    await underwriter.page.getByRole('alert').first().waitFor();
  } finally {
    await walk.line.lay();
  }

  await handler.page.getByText(/系统暂时不可用/).waitFor({ state: 'detached' });
  expect(await handler.page.getByLabel('经过').inputValue()).toBe(said);
  await underwriter.page.getByRole('alert').first().waitFor({ state: 'detached' }); // nobody pressed anything
  for (const [path, list] of [
    ['/insurance/policies', '保单'],
    ['/insurance/quotes', '报价与核保'],
  ] as const) {
    await underwriter.go(path);
    await underwriter.page.getByRole('region', { name: list, exact: true }).locator('tbody tr').first().waitFor();
  }
});

test('a page of another role says whose it is', async () => {
  const payer = await walk.as('use-unit-head');
  await payer.go('/insurance/bank');
  await payer.page.getByRole('heading', { name: '当前角色不使用这个页面' }).waitFor();
  expect(await payer.page.getByRole('table').count()).toBe(0);
});
