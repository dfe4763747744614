import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import { type ElevatorId, newId, type OrgId } from '../../kernel/ids.ts';
import { NOTHING, type Viewer } from '../../kernel/scope.ts';
import { openInsuranceHouse } from '../../modules/insurance/insurance.fixtures.ts';
import { commissionRoutes } from '../../modules/insurance/money/commission.routes.ts';
import { holdingRoutes } from '../../modules/insurance/money/holding.routes.ts';
import { moneyRoutes } from '../../modules/insurance/money/money.routes.ts';
import { underwritingRoutes } from '../../modules/insurance/policy/underwriting.routes.ts';
import { verifyPages } from '../../modules/insurance/policy/verify.pages.ts';
import { namedIn, testSite } from '../site.ts';
import { type Answer, askOn } from './claims.fixtures.ts';

/** The insurance house with everything from the mandate to the money answering over HTTP, and the people who do it. */
export type PolicyHouse = Awaited<ReturnType<typeof openPolicyHouse>>;

const BOUNDARY = 'frontier';
export const TERM_FROM = '2026-07-01';

export async function openPolicyHouse(now: Date) {
  const house = await openInsuranceHouse(now);
  const { deps, insurer, other, useUnit, maintenance, productId } = house;
  const members = JSON.stringify([
    { insurer, shareBp: 6_000 },
    { insurer: other, shareBp: 4_000 },
  ]);
  await sql`update insurance.scheme set members = ${members}::jsonb`.execute(house.db);
  const people = peopleOf(house);
  const dataDir = mkdtempSync(join(tmpdir(), 'tian-policies-'));
  const calendar = { holidays: new Set<never>(), workdays: new Set<never>() };
  const site = await testSite({
    authenticate: namedIn(people),
    routes: [
      underwritingRoutes(deps, { dataDir, calendar }),
      moneyRoutes(deps, dataDir),
      holdingRoutes(deps),
      commissionRoutes(deps),
    ],
    pages: [verifyPages(deps)],
  });
  const ask = askOn(site);
  let codes = 310_000;
  /** An elevator with a code on its sign. */
  const elevator = async (
    where: Parameters<typeof house.elevator>[0] = {},
  ): Promise<{ id: ElevatorId; code: string }> => {
    const id = await house.elevator(where);
    const code = String((codes += 1));
    await sql`update registry.elevator set rescue_code = ${code}, address = '示例路 1 号' where id = ${id}`.execute(
      house.db,
    );
    return { id, code };
  };
  const quote = (elevatorIds: readonly string[], over: object = {}, { as = 'use_unit', key = '' } = {}) =>
    ask('POST', '/quotes', {
      as,
      key,
      payload: { productId, holderOrgId: useUnit, elevatorIds, from: TERM_FROM, ...over },
    });
  const bind = (quoteId: unknown, over: object = {}, { as = 'use_unit', key = '' } = {}) =>
    ask('POST', `/quotes/${text(quoteId)}/policy`, { as, key, payload: { number: `P-${newId()}`, ...over } });
  const pay = (policyId: unknown, parts: Readonly<Record<string, number>>, at = deps.now()) =>
    ask('POST', '/bank-lines', {
      as: 'cashier',
      payload: {
        leadOrgId: insurer,
        account: '****1234',
        bankRef: newId(),
        at: at.toISOString(),
        amount: Object.values(parts).reduce((a, b) => a + b, 0),
        byHand: true,
        proof: 'a'.repeat(64),
        allocations: Object.entries(parts).map(([payer, amount]) => ({ policyId, payer, amount })),
      },
    });
  const issue = (policyId: unknown, { as = 'underwriter', key = '' } = {}) =>
    ask('POST', `/policies/${text(policyId)}/issue`, { as, key });
  const endorse = (policyId: unknown, wish: object, as = 'underwriter') =>
    ask('POST', `/policies/${text(policyId)}/endorsements`, { as, payload: wish });
  const policy = async (id: unknown, as = 'underwriter') => (await ask('GET', `/policies/${text(id)}`, { as })).body;
  const roster = async (
    file: Buffer | string,
    query: string,
    { as = 'maintenance', key = '', path }: { as?: string; key?: string; path?: string } = {},
  ): Promise<Answer> => {
    const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="roster"\r\ncontent-type: application/octet-stream\r\n\r\n`;
    const answer = await site.inject({
      method: 'POST',
      url: `/api/v1/insurance${path ?? `/rosters?productId=${productId}&from=${TERM_FROM}${query}`}`,
      headers: {
        'x-as': as,
        'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
        ...(key ? { 'idempotency-key': key } : {}),
      },
      payload: Buffer.concat([Buffer.from(head), Buffer.from(file), Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]),
    });
    return { status: answer.statusCode, body: z.record(z.string(), z.unknown()).parse(answer.json()) };
  };
  /** A policy in force from its first day: quoted and bound by its holder, paid, issued. */
  const inForce = async (ids: readonly string[], from = TERM_FROM): Promise<string> => {
    const bound = await bind((await quote(ids, { from })).body['quoteId']);
    const id = text(bound.body['policyId']);
    await pay(id, { owner: 2_790 * ids.length, maintenance: 2_790 * ids.length });
    if ((await issue(id)).status !== 200) throw new Error('the policy is issued');
    return id;
  };
  const giveMandate = (over: object = {}) =>
    ask('POST', '/mandates', {
      as: 'use_unit',
      payload: {
        agentOrgId: maintenance,
        contractRef: '维保合同 2026-1',
        from: '2026-06-01',
        to: '2028-12-31',
        ...over,
      },
    });
  /** A machine client of an organisation comes in, with these grants. */
  const machine = (name: string, orgId: OrgId, grants: readonly string[]) => {
    people.set(name, { ...house.viewer(orgId, 'machine'), displayName: name, grants });
  };
  const person = (name: string, viewer: Viewer) => void people.set(name, viewer);
  const idOf = (name: string) => text(people.get(name)?.accountId);
  return {
    ...house,
    ask,
    site,
    machine,
    idOf,
    person,
    elevator,
    quote,
    bind,
    pay,
    issue,
    endorse,
    policy,
    roster,
    inForce,
    giveMandate,
  };
}

export const text = (value: unknown): string => z.string().parse(value);

function peopleOf({
  viewer,
  insurer,
  other,
  useUnit,
  maintenance,
  broker,
}: Awaited<ReturnType<typeof openInsuranceHouse>>) {
  const third = newId() as OrgId; // an insurer that has no part in this scheme
  return new Map<string, Viewer>([
    ['use_unit', viewer(useUnit, 'use_unit_head')],
    ['maintenance', viewer(maintenance, 'maintenance_manager')],
    ['stranger', viewer(newId() as OrgId, 'maintenance_manager')],
    ['underwriter', viewer(insurer, 'underwriter')],
    ['underwriter2', viewer(insurer, 'underwriter')],
    ['other_underwriter', viewer(other, 'underwriter')],
    ['cashier', viewer(insurer, 'cashier')],
    ['approver', viewer(insurer, 'approver')],
    ['broker', viewer(broker, 'broker')],
    ['regulator', { ...viewer(newId() as OrgId, 'city_regulator'), scope: { ...NOTHING, all: true } }],
    ['third_underwriter', viewer(third, 'underwriter')],
    ['third_cashier', viewer(third, 'cashier')],
  ]);
}
