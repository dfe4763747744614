import { beforeAll, expect, test } from 'vitest';
import { openPolicyHouse, TERM_FROM, text } from './insurance.fixtures.ts';

type House = Awaited<ReturnType<typeof openPolicyHouse>>;
let house: House;
beforeAll(async () => {
  house = await openPolicyHouse(new Date('2026-06-20T02:00:00Z'));
});

const open = (code: string, query = '') => house.site.inject({ method: 'GET', url: `/~/paper/${code}${query}` });

test('whoever holds a paper reads behind its code whether it is genuine and whether the policy holds today', async () => {
  const { id: elevator } = await house.elevator();
  const policyId = await house.inForce([elevator]);
  const { documents, number } = await house.policy(policyId);
  const codes = (documents as { code: string }[]).map((d) => d.code);
  expect(codes.length).toBeGreaterThan(1); // the policy and its receipt
  for (const code of codes) {
    const page = await open(code.toLowerCase(), '?lang=zh');
    expect(page.statusCode).toBe(200);
    expect(page.headers['cache-control']).toBe('no-store');
    for (const told of [text(number), '示例财险甲', TERM_FROM]) expect(page.body).toContain(told);
    for (const kept of ['示例路 1 号', '示例物业']) expect(page.body).not.toContain(kept);
  }
  const before = await open(codes[0] ?? '', '?lang=zh');
  expect(before.body).toContain('该保单尚未起保');
  house.setNow(new Date(`${TERM_FROM}T00:00:00+08:00`));
  expect((await open(codes[0] ?? '', '?lang=zh')).body).toContain('该保单今日有效');
  expect((await open(codes[0] ?? '', '?lang=en&big=1')).body).toMatch(/class="big"[^]*in force today/);
});

test('a policy that was cancelled covers to its last day, and its papers say so until then', async () => {
  house.setNow(new Date('2026-06-20T02:00:00Z'));
  const { id: elevator } = await house.elevator();
  const policyId = await house.inForce([elevator]);
  house.setNow(new Date('2026-08-10T02:00:00Z'));
  const ask = { kind: 'cancel', lastOn: '2026-08-31', reason: 'by_policyholder' };
  expect(await house.endorse(policyId, { ask, note: '', dry: false })).toMatchObject({ status: 200 });
  const { documents } = await house.policy(policyId);
  const [{ code } = { code: '' }] = documents as { code: string }[];
  const page = (at: string) => {
    house.setNow(new Date(at));
    return open(code, '?lang=zh');
  };
  for (const at of ['2026-08-10T03:00:00Z', '2026-08-31T23:59:59+08:00']) {
    const { body } = await page(at);
    expect(body).toContain('该保单今日有效');
    expect(body).toContain('2026-08-31');
  }
  expect((await page('2026-09-01T00:00:00+08:00')).body).toContain('该保单今日不在有效期内');
});

test('a code that no paper has, or that is none, says so and nothing else', async () => {
  for (const code of ['0'.repeat(20), 'abc', '%00', '<script>', "' or true --"]) {
    const page = await open(encodeURIComponent(code), '?lang=zh');
    expect([page.statusCode, page.body.includes('没有这份单证')]).toEqual([404, true]);
    expect(page.body).not.toContain('<script>');
  }
});
