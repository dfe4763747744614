import { join } from 'node:path';
import { sql } from 'kysely';
import { openPool } from '../server/kernel/db.ts';
import { newId } from '../server/kernel/ids.ts';
import { fen, sum } from '../server/kernel/money.ts';
import { invariant } from '../server/kernel/result.ts';
import { EVERYTHING } from '../server/kernel/scope.ts';
import { addDays } from '../server/kernel/time.ts';
import { countAnnex } from '../server/modules/insurance/figures/annex.service.ts';
import { CUBE_SIDES, coverageCube } from '../server/modules/insurance/figures/coverage.views.ts';
import { reconcileAt } from '../server/modules/insurance/money/reconcile.views.ts';
import { bindAll } from '../server/modules/insurance/policy/bind.service.ts';
import { issueAll } from '../server/modules/insurance/policy/issue.service.ts';
import { receive } from '../server/modules/insurance/policy/policy.service.ts';
import { policiesFor } from '../server/modules/insurance/policy/policy.store.ts';
import { quoteRoster } from '../server/modules/insurance/policy/roster.service.ts';
import { openStage } from './ingest/stage.ts';
import { type InsuredCity, openInsuredCity, viewerOf } from './insurance/city.ts';
import { bareCopy, bareScan } from './insurance/limit.ts';

/** Settings: `225000 4`, elevators and how many maintenance units hand in their rosters at the same time. */
export const about = 'a city insured: rosters rated and stored with their working, issued, counted and reconciled';

const BUDGET_QUOTE_SECONDS = 10; // for 225,000 elevators
const BUDGET_POLICY_MS = 5;
const WHOLE_CITY = 225_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

export async function run([size = '225000', abreast = '4']: readonly string[]): Promise<void> {
  const stage = await openStage({ elevators: 1, senders: 1 });
  const pool = openPool(stage.url, 8);
  const limit = (tables: readonly string[]) => bareCopy(pool, tables, join(stage.dataDir, 'limit'));
  try {
    const city = await openInsuredCity(pool, { url: stage.url, size: Number(size), say });
    say(`${thousands(city.elevators)} elevators on the rosters of ${city.units.length} maintenance units`);
    const memory = watchMemory();
    const quoting = await timed(() => quoteAll(city, Number(abreast)));
    reportQuotes(city, quoting, await limit(['insurance.quote', 'insurance.quote_rating', 'insurance.quote_line']));
    await pool.query('analyze'); // between an offer and its policy are days
    const issuing = await timed(() => issueAllOf(city, quoting.value, Number(abreast)));
    const written = ['policy', 'policy_line', 'entry', 'posting', 'bank_line', 'document'].map((t) => `insurance.${t}`);
    const bare = await limit(written);
    reportPolicies(quoting.value.length, issuing, bare);
    await pool.query('analyze');
    await figures(city, await bareScan(pool, ['insurance.policy_line']));
    say(`memory of this process: at most ${memory().toFixed(0)} MB resident`);
  } finally {
    await pool.end();
    await stage.close();
  }
}

type Timed<T> = { value: T; seconds: number; cpuSeconds: number }; // of this process; the database's own is not in it

async function timed<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const started = performance.now();
  const before = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return { value, seconds: (performance.now() - started) / 1_000, cpuSeconds: (user + system) / 1e6 };
}

/** Some at once, each taking the next that nobody took. */
async function abreastOf<T>(items: readonly T[], many: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: many }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}

/** Every maintenance unit hands in its roster; the quotes that were made, with the unit that asked. */
async function quoteAll({ deps, units, productId, from }: InsuredCity, abreast: number) {
  const made: { unit: string; quoteId: string }[] = [];
  await abreastOf(units, abreast, async ({ id, codes }) => {
    const rows = codes.map((code, i) => ({ row: i + 2, codes: [code] }));
    const wish = { rows, productId, from, dry: false };
    const done = await quoteRoster(deps, viewerOf(id, 'maintenance_manager'), wish);
    const refused = done.faults[0] ?? done.groups.find((g) => g.refusal) ?? done.groups.find((g) => g.rated === 0);
    invariant(!refused, `every row of a roster is rated, not so ${JSON.stringify(refused)}`);
    for (const { quoteId } of done.groups) if (quoteId) made.push({ unit: id, quoteId });
  });
  return made;
}

function reportQuotes(
  city: InsuredCity,
  { value, seconds, cpuSeconds }: Timed<readonly unknown[]>,
  bare: number,
): void {
  const budget = (BUDGET_QUOTE_SECONDS * city.elevators) / WHOLE_CITY;
  say(
    `quoted: ${thousands(city.elevators)} elevators in ${thousands(value.length)} quotes, each line with its working, ${seconds.toFixed(1)} s; budget ${budget.toFixed(1)} s, ratio ${(seconds / budget).toFixed(2)} ${seconds <= budget ? 'ok' : 'MISSED'}`,
  );
  say(`  bare COPY of the same rows ${bare.toFixed(1)} s, ratio ${(seconds / bare).toFixed(1)}`);
  say(`  computing time of this process ${((cpuSeconds / city.elevators) * 1e6).toFixed(0)} µs an elevator`);
}

function reportPolicies(count: number, { seconds, cpuSeconds }: Timed<unknown>, bare: number): void {
  const each = (seconds / count) * 1_000;
  say(
    `issued: ${thousands(count)} policies, bound, paid and issued unit by unit, money booked, ${seconds.toFixed(1)} s, ${each.toFixed(1)} ms each; budget ${BUDGET_POLICY_MS} ms, ratio ${(each / BUDGET_POLICY_MS).toFixed(2)} ${each <= BUDGET_POLICY_MS ? 'ok' : 'MISSED'}`,
  );
  say(`  bare COPY of the same rows ${bare.toFixed(1)} s, ratio ${(seconds / bare).toFixed(1)}`);
  say(`  computing time of this process ${((cpuSeconds / count) * 1e3).toFixed(1)} ms a policy`);
}

/** The quotes of each maintenance unit bound in one act, paid by one line of the bank, and issued in one act. */
async function issueAllOf(city: InsuredCity, quotes: readonly { unit: string; quoteId: string }[], abreast: number) {
  const { deps, insurer, from } = city;
  const cashier = viewerOf(insurer, 'cashier');
  const underwriter = viewerOf(insurer, 'underwriter');
  const byUnit = new Map<string, string[]>();
  for (const { unit, quoteId } of quotes) byUnit.set(unit, [...(byUnit.get(unit) ?? []), quoteId]);
  let no = 0;
  await abreastOf([...byUnit], abreast, async ([unit, quoteIds]) => {
    const bindings = quoteIds.map((quoteId) => {
      no += 1;
      return { quoteId, number: `B${no}`, leadOrgId: insurer, doubleCoverDisclosed: false };
    });
    const bound = await bindAll(deps, viewerOf(unit as never, 'maintenance_manager'), bindings);
    const ids = bound.flatMap((b) => (b.ok ? [b.value.policyId] : []));
    invariant(ids.length === quoteIds.length, 'fresh quotes can be bound');
    const policies = await policiesFor(deps.db, ids);
    const allocations = policies.flatMap(({ id: policyId, owed }) =>
      owed.filter((o) => !deps.subsidisedPayers(null).includes(o.payer)).map((o) => ({ policyId, ...o })),
    );
    const line = { leadOrgId: insurer, account: '****1234', bankRef: newId(), at: deps.now(), counterparty: '' };
    const amount = sum(allocations.map((a) => a.amount));
    const money = await receive(deps, cashier, { ...line, amount, proof: null, byHand: false, allocations });
    invariant(money.ok, 'what is owed can be paid');
    const issued = await issueAll(deps, underwriter, ids);
    invariant(
      [...issued.values()].every((i) => i.ok),
      `paid policies can be issued before ${from}`,
    );
  });
}

/** What officials read of a whole city, each question timed beside one reading of every line. */
async function figures({ db, deps, from }: InsuredCity, bare: number): Promise<void> {
  const official = { ...viewerOf(newId() as never, 'city_regulator'), scope: EVERYTHING };
  const now = new Date(`${addDays(from, 10)}T04:00:00Z`);
  const { rows } = await sql<{ district: string; n: number }>`select district_code as district, count(*)::int as n
    from registry.elevator group by 1 order by 2 desc limit 1`.execute(db);
  const areaCode = rows[0]?.district ?? '';
  const told = async (what: string, work: () => Promise<string>): Promise<void> => {
    const { value, seconds } = await timed(work);
    say(
      `${what}: ${value}, ${seconds.toFixed(2)} s; every line read once ${bare.toFixed(2)} s, ratio ${(seconds / bare).toFixed(2)}`,
    );
  };
  await told(`annex 1 and 2 of the largest district`, async () => {
    const of = { areaCode, kind: 'liability' as const, year: Number(from.slice(0, 4)) };
    const draft = await deps.scoped(official, (tx) => countAnnex(tx, { of, now, leastAnswers: 30 }));
    invariant(draft.disagreements.length === 0, 'the two forms agree');
    return `${thousands(draft.two.length)} elevators`;
  });
  for (const side of CUBE_SIDES) {
    await told(`coverage of the city by ${side}`, async () => {
      const on = addDays(from, 10);
      const { total } = await deps.scoped(official, (tx) => coverageCube(tx, { on }, side));
      return `${thousands(total.insured)} of ${thousands(total.should)}`;
    });
  }
  await told('registers against books', async () => {
    const at = await deps.scoped(official, (tx) => reconcileAt(tx, now));
    invariant(at.balance === 0 && at.policies.differing === 0, 'registers and books agree to the fen');
    return `${thousands(at.policies.count)} policies, ${yuan(at.policies.register)}`;
  });
}

/** The highest resident memory seen, in MB, from now until it is asked for. */
function watchMemory(): () => number {
  let most = 0;
  const look = (): void => {
    most = Math.max(most, process.memoryUsage.rss() / 1e6);
  };
  const timer = setInterval(look, 100).unref();
  return () => {
    clearInterval(timer);
    look();
    return most;
  };
}

const thousands = (n: number): string => n.toLocaleString('en-US');
const yuan = (amount: number): string =>
  `¥${(fen(amount) / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })}`;
