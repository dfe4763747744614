import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { type ElevatorId, newId } from '../../../kernel/ids.ts';
import type { Day } from '../../../kernel/time.ts';
import { accountBalances } from '../money/ledger.store.ts';
import { bind, bindAll } from './bind.service.ts';
import { documentsOf } from './document.store.ts';
import { issue, issueAll } from './issue.service.ts';
import { anElevator, boundPolicy, type InsuredCity, insuredCity, pay, viewerOf } from './policy.fixtures.ts';
import { policiesFor } from './policy.store.ts';
import { quote } from './quote.service.ts';

const from = '2026-07-01' as Day;
let city: InsuredCity;

beforeEach(async () => {
  city = await insuredCity();
});

const holder = () => viewerOf(city.useUnit, 'use_unit_head');
const underwriter = () => viewerOf(city.insurer, 'underwriter');

async function quoted(elevatorIds: readonly ElevatorId[]): Promise<string> {
  const { deps, useUnit, productId, insurer } = city;
  const done = await quote(deps, holder(), { productId, holderOrgId: useUnit, leadOrgId: insurer, elevatorIds, from });
  if (!done.ok) throw new Error(done.refusal.code);
  return done.value.quoteId;
}

const wish = (quoteId: string, number: string | null = `P-${newId()}`) => ({
  quoteId,
  number,
  leadOrgId: city.insurer,
  doubleCoverDisclosed: false,
});

/** Everything the payers but the public purse owe. */
async function payFor(policyId: string): Promise<void> {
  const [policy] = await policiesFor(city.db, [policyId]);
  const cash = policy?.owed.filter((p) => p.payer !== 'inspection').map((p) => [p.payer, p.amount] as const) ?? [];
  await pay(city, policyId, Object.fromEntries(cash));
}

const codes = (answers: readonly { ok: boolean; refusal?: { code: string } }[]) =>
  answers.map((a) => (a.ok ? 'ok' : a.refusal?.code));

test('many quotes are bound in one act; each that may not is refused alone, in the order asked', async () => {
  const [one, two, three, four] = [
    await quoted([await anElevator(city)]),
    await quoted([await anElevator(city)]),
    await quoted([await anElevator(city)]),
    await quoted([await anElevator(city)]),
  ];
  await bind(city.deps, holder(), wish(two));
  await sql`update insurance.quote set valid_until = ${city.clock.at} where id = ${three}`.execute(city.db);
  const done = await bindAll(city.deps, holder(), [
    wish(one, 'A-1'),
    wish(two),
    wish(newId()),
    wish(three),
    wish(four, 'A-1'),
  ]);
  expect(codes(done)).toEqual([
    'ok',
    'insurance.quote_not_offered',
    'insurance.quote_not_found',
    'insurance.quote_expired',
    'insurance.number_taken',
  ]);
  const { rows } = await sql<{ id: string; state: string }>`select id, state from insurance.quote`.execute(city.db);
  expect(Object.fromEntries(rows.map((r) => [r.id, r.state]))).toEqual({
    [one]: 'bound',
    [two]: 'bound',
    [three]: 'offered',
    [four]: 'offered', // a refusal changes nothing
  });
});

test('a policy bound among many is what it is when bound alone', async () => {
  const ids = await Promise.all([1, 2, 3].map(() => anElevator(city)));
  const [alone, among] = [await quoted(ids.slice(0, 1)), await quoted(ids.slice(1, 2))];
  const first = await bind(city.deps, holder(), wish(alone));
  const [second] = await bindAll(city.deps, holder(), [wish(among), wish(await quoted(ids.slice(2)))]);
  if (!first.ok || !second?.ok) throw new Error('both are bound');
  const stored = async (id: string) => {
    const { rows } = await sql<{ policy: Record<string, unknown>; line: Record<string, unknown> }>`
      select to_jsonb(p) - '{id,number,quote_id}'::text[] as policy,
        to_jsonb(l) - '{id,policy_id,elevator_id,code}'::text[] as line
      from insurance.policy p join insurance.policy_line l on l.policy_id = p.id where p.id = ${id}`.execute(city.db);
    return rows;
  };
  expect(await stored(second.value.policyId)).toEqual(await stored(first.value.policyId));
});

test('two quotes for one elevator in one act: the second meets the cover of the first, also within one transaction', async () => {
  const shared = await anElevator(city);
  const quotes = [await quoted([shared]), await quoted([await anElevator(city)]), await quoted([shared])];
  const inOne = { ...city.deps, db: city.db };
  const done = await city.deps.scoped(holder(), (tx) =>
    bindAll(
      { ...inOne, scoped: (_, work) => work(tx) },
      holder(),
      quotes.map((id) => wish(id)),
    ),
  );
  expect(codes(done)).toEqual(['ok', 'ok', 'insurance.double_cover']);
  const again = [await quoted([shared]), await quoted([shared])];
  const disclosed = again.map((id) => ({ ...wish(id), doubleCoverDisclosed: true }));
  expect(codes(await bindAll(city.deps, holder(), disclosed))).toEqual(['ok', 'ok']);
});

test('numbers the insurer allotted are used in the order given; who finds none left is refused', async () => {
  await sql`insert into insurance.policy_number (insurer_org_id, number, given_at, given_by, org_ids)
    select ${city.insurer}::uuid, n, now(), 'test', array[${city.insurer}::uuid] from unnest(array['N-1', 'N-2']) n`.execute(
    city.db,
  );
  const quotes = [await quoted([await anElevator(city)]), await quoted([await anElevator(city)])];
  quotes.push(await quoted([await anElevator(city)]));
  const done = await bindAll(
    city.deps,
    holder(),
    quotes.map((id) => wish(id, null)),
  );
  expect(codes(done)).toEqual(['ok', 'ok', 'insurance.number_missing']);
  const policies = await policiesFor(
    city.db,
    done.flatMap((d) => (d.ok ? [d.value.policyId] : [])),
  );
  expect(policies.map((p) => p.number).toSorted()).toEqual(['N-1', 'N-2']);
});

test('paid policies are issued in one act; one whose money is missing is refused alone, and the books balance', async () => {
  const [paid, unpaid, early] = [
    await boundPolicy(city, [await anElevator(city), await anElevator(city)], from),
    await boundPolicy(city, [await anElevator(city)], from),
    await boundPolicy(city, [await anElevator(city)], from),
  ];
  await payFor(paid);
  await payFor(early);
  await issue(city.deps, underwriter(), early);
  const done = await issueAll(city.deps, underwriter(), [paid, unpaid, early, newId(), paid]);
  expect(codes([...done.values()])).toEqual([
    'ok',
    'insurance.cash_missing',
    'insurance.policy_state',
    'insurance.policy_not_found',
  ]);
  const states = new Map((await policiesFor(city.db, [paid, unpaid])).map((p) => [p.id, p.state]));
  expect([states.get(paid), states.get(unpaid)]).toEqual(['issued', 'awaiting_cash']);
  expect((await documentsOf(city.db, paid)).map((d) => d.kind).toSorted()).toEqual(['policy', 'receipt']);
  expect(await documentsOf(city.db, unpaid)).toEqual([]);
  const balances = await accountBalances(city.db);
  expect(balances.reduce((all, b) => all + b.amount, 0)).toBe(0);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from kernel.trace
    where code = 'insurance.trace.insured' and ref = ${paid}`.execute(city.db);
  expect(rows[0]?.n).toBe(2); // each of its elevators says so, once
});

test('a policy issued among many has the same books and papers as one issued alone', async () => {
  const [alone, among, other] = [
    await boundPolicy(city, [await anElevator(city)], from),
    await boundPolicy(city, [await anElevator(city)], from),
    await boundPolicy(city, [await anElevator(city)], from),
  ];
  for (const id of [alone, among, other]) await payFor(id);
  await issue(city.deps, underwriter(), alone);
  await issueAll(city.deps, underwriter(), [other, among]);
  const kept = async (id: string) => {
    const { rows } = await sql`select e.kind, p.account, p.party, p.amount from insurance.posting p
      join insurance.entry e on e.id = p.entry_id where p.policy_id = ${id} order by 1, 2, 3, 4`.execute(city.db);
    const papers = await sql`select kind, content - '{number,lines}'::text[] as content from insurance.document
      where policy_id = ${id} order by kind`.execute(city.db);
    return { rows, papers: papers.rows };
  };
  expect(await kept(among)).toEqual(await kept(alone));
});

test('two underwriters who issue the same policies at the same moment issue each once', async () => {
  const ids = [
    await boundPolicy(city, [await anElevator(city)], from),
    await boundPolicy(city, [await anElevator(city)], from),
    await boundPolicy(city, [await anElevator(city)], from),
  ];
  for (const id of ids) await payFor(id);
  const both = await Promise.all([
    issueAll(city.deps, underwriter(), ids),
    issueAll(city.deps, underwriter(), ids.toReversed()),
  ]);
  const answers = both.flatMap((done) => codes([...done.values()]));
  const said = (code: string) => answers.filter((a) => a === code).length;
  expect([said('ok'), said('insurance.policy_state')]).toEqual([ids.length, ids.length]);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from insurance.entry
    where kind = 'premium_written'`.execute(city.db);
  expect(rows[0]?.n).toBe(ids.length);
});
