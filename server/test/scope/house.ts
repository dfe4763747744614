import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino, stdSerializers } from 'pino';
import { type App, buildApp } from '../../app.ts';
import { seedDemo } from '../../demo/seed.ts';
import { readConfig } from '../../kernel/config.ts';
import { newId } from '../../kernel/ids.ts';
import { keysForTest } from '../../kernel/keys.ts';
import type { Kernel } from '../../kernel/module.ts';
import { plainOf } from '../../kernel/packs.ts';
import { programDir } from '../../kernel/program.ts';
import { invariant } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { newSecret, sha256 } from '../../kernel/secret-data.ts';
import { viewerOfSession } from '../../modules/identity/authenticate.ts';
import { GRANTS } from '../../modules/identity/client.rules.ts';
import { issueToken } from '../../modules/identity/client.service.ts';
import { findBySecret, insertClient, insertSecret, viewerOfClient } from '../../modules/identity/client.store.ts';
import { type IdentityDeps, identityDeps } from '../../modules/identity/index.ts';
import { findSession, insertSession } from '../../modules/identity/sign-in.store.ts';
import { type CityPack, loadCityPack } from '../../packs.ts';
import { testDb } from '../db.ts';
import { reportClaims } from './claim-rows.ts';
import { askForMoney } from './desk-rows.ts';
import { fillField, fillVolunteers, fillWebhooks } from './field-rows.ts';
import { fillMarket } from './market-rows.ts';
import { judgeInsurers, recordVisits } from './prevention-rows.ts';

/** One who asks: a person of each role, a machine, or nobody. */
export type Asker = { name: string; viewer: Viewer | null; headers: Record<string, string> };

export type WholeHouse = { app: App; site: FastifyInstance; kernel: Kernel; askers: readonly Asker[] };

const ELEVATORS = 150;

/** The whole product on a small demo city, with one signed in of every role, a machine of every grant, and nobody. */
export async function openWholeHouse(): Promise<WholeHouse> {
  const { db, pool } = await testDb();
  const read = readConfig({
    TIAN_DATA_DIR: mkdtempSync(join(tmpdir(), 'tian-scope-')),
    TIAN_DEMO: '0',
    TIAN_REQUESTS_PER_MINUTE: '1000000',
  });
  const pack = await loadCityPack({ city: '320200', programDir, extraDir: null });
  invariant(read.ok && pack.ok, 'configuration and pack are whole');
  const log = pino({ level: 'silent', serializers: { error: stdSerializers.err } });
  const kernel: Kernel = { db, pool, config: read.value, log, keys: keysForTest(), now: () => new Date(), newId };
  await seedDemo({ kernel, pack: pack.value, parts: [], progress: () => undefined, elevators: ELEVATORS });
  const app = await buildApp(kernel, pack.value);
  const deps = identityDeps(kernel);
  const nobody: Asker = { name: 'nobody', viewer: null, headers: {} };
  const machines = [await machine(deps, 'maker', READS), await machine(deps, 'underwriter', ACTS)];
  const askers = [...(await people(deps)), ...machines, nobody];
  await takeCalls(app.site, kernel, askers);
  await fillField(kernel); // after the calls: those are to find nobody
  await takeOutCover(kernel, pack.value);
  await reportClaims(kernel);
  await moveMoney(kernel);
  await recordVisits(kernel);
  await judgeInsurers(kernel);
  await fillMarket(kernel);
  await fillVolunteers(kernel);
  await nameIndustries(kernel);
  await fillWebhooks(kernel);
  return { app, site: app.site, kernel, askers };
}

/** The demo's department answers for an industry, and so does an office that few may know of. */
async function nameIndustries({ pool }: Kernel): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    `(select id from identity.org where 'department' = any(kinds) limit 1) union all (select id from identity.org where 'insurer' = any(kinds) limit 1)`,
  );
  for (const { id } of rows)
    await pool.query(
      `insert into registry.industry_office (id, industry, org_id, named_at, org_ids) values ($1, 'health', $2, now(), array[$2::uuid])`,
      [newId(), id],
    );
}

async function people(deps: IdentityDeps): Promise<Asker[]> {
  const accounts = await deps.db
    .selectFrom('identity.account as a')
    .select(['a.id', 'a.role'])
    .orderBy('a.role')
    .execute();
  const askers: Asker[] = [];
  for (const { id, role } of accounts) {
    const token = newSecret();
    const startedAt = deps.now();
    const endsAt = new Date(startedAt.getTime() + 3_600_000);
    const session = {
      id: deps.newId(),
      tokenHash: sha256(token),
      accountId: id,
      stage: 'open' as const,
      startedAt,
      endsAt,
    };
    await deps.db.transaction().execute((tx) => insertSession(tx, { ...session, address: '127.0.0.1', agent: 'test' }));
    const found = await findSession(deps.db, sha256(token));
    invariant(found, 'the session was just made');
    askers.push({ name: role, viewer: viewerOfSession(deps, found), headers: { cookie: `tian_session=${token}` } });
  }
  return askers;
}

const ACTS = ['role:underwriter', 'role:handler', 'role:cashier'];
const READS = GRANTS.filter((grant) => !grant.startsWith('role:'));

/** A machine that speaks for the organisation of the demo's first person of a role, with these grants. */
async function machine(deps: IdentityDeps, of: string, grants: readonly string[]): Promise<Asker> {
  const speaker = await deps.db
    .selectFrom('identity.account as a')
    .select('a.org_id as orgId')
    .where('a.role', '=', of)
    .executeTakeFirstOrThrow();
  const [clientId, secret] = [deps.newId(), newSecret()];
  await deps.db.transaction().execute(async (tx) => {
    await insertClient(tx, {
      id: clientId,
      name: 'scope test',
      orgId: speaker.orgId,
      wholeCity: false,
      grants,
      state: 'active',
    });
    await insertSecret(tx, {
      id: deps.newId(),
      client_id: clientId,
      door: 'api',
      secret_hash: sha256(secret),
      hint: secret.slice(-4),
      created_at: deps.now(),
      ends_at: null,
      last_used_at: null,
    });
  });
  const asked = { grantType: 'client_credentials', clientId, clientSecret: secret, scope: undefined };
  const token = await issueToken(deps, asked);
  const client = await findBySecret(deps.db, { clientId, door: 'api', secretHash: sha256(secret), now: deps.now() });
  invariant(token.ok && client, 'the client was just made');
  return {
    name: `machine of the ${of}`,
    viewer: viewerOfClient(client, grants),
    headers: { authorization: `Bearer ${token.value.token}` },
  };
}

/** People are trapped in one elevator of every district, and in one of the demo's own units: the desk takes the calls. */
async function takeCalls(site: FastifyInstance, { pool }: Kernel, askers: readonly Asker[]): Promise<void> {
  const agent = askers.find((a) => a.name === 'agent');
  invariant(agent, 'the demo has an agent');
  const { rows } = await pool.query<{ id: string }>(
    `select distinct on (district_code) id from registry.elevator order by district_code, id`,
  );
  const own = await pool.query<{ id: string }>(
    `select id from registry.elevator where org_ids && $1::uuid[] order by id limit 3`,
    [askers.flatMap((a) => a.viewer?.orgId ?? [])],
  );
  for (const { id } of [...rows, ...own.rows]) {
    const payload = { key: `scope-${id}`, elevatorId: id, caller: '10000000999', said: '有人被困' };
    const answer = await site.inject({ method: 'POST', url: '/api/v1/rescue/calls', headers: agent.headers, payload });
    invariant(answer.statusCode === 200, `the desk takes a call: ${answer.body}`);
  }
}

/** Every use unit has a quote and a policy with one insurer: most of them are foreign to whoever asks. */
async function takeOutCover({ pool }: Kernel, pack: CityPack): Promise<void> {
  const [sold] = plainOf(pack.files.insurance).schemes.flatMap((s) => s.products);
  invariant(sold, "the city's pack describes a product");
  const { tariff: filed, ...text } = sold;
  const [scheme, product, tariff] = [newId(), newId(), newId()];
  await pool.query(
    `insert into insurance.scheme (id, code, name, kind, market, basis, admission, source, verified, opened_on)
     values ($1, 'scope', 'scope', 'liability', 'tender_pool', 'voluntary', '{}', 'test', false, '2026-01-01')`,
    [scheme],
  );
  await pool.query(
    `insert into insurance.product (id, scheme_id, code, version, name, filing_no, body, from_on, source, verified)
     values ($1, $2, 'scope', 1, 'scope', '1', $3, '2026-01-01', 'test', false)`,
    [product, scheme, text],
  );
  await pool.query(
    `insert into insurance.tariff (id, product_id, version, filing_no, body, from_on, source, verified)
     values ($1, $2, 1, '1', $3, '2026-01-01', 'test', false)`,
    [tariff, product, filed],
  );
  const { rows } = await pool.query<{ unit: string; area_codes: string[]; insurer: string }>(
    `select distinct on (e.use_org_id) e.use_org_id as unit, e.area_codes,
       (select id from identity.org where 'insurer' = any(kinds) order by id limit 1) as insurer
     from registry.elevator e where e.use_org_id is not null order by e.use_org_id`,
  );
  for (const [i, { unit, area_codes, insurer }] of rows.entries()) {
    const [quote, policy] = [newId(), newId()];
    await pool.query(
      `insert into insurance.quote (id, product_id, tariff_id, holder_org_id, asked_by, asked_at, valid_until, from_on,
         to_on, state, elevators, total, area_codes, org_ids)
       values ($1, $2, $3, $4, 'test', now(), now() + interval '9 days', '2027-01-01', '2027-12-31', 'offered', 1, 1, '{}', array[$4::uuid])`,
      [quote, product, tariff, unit],
    );
    await pool.query(
      `insert into insurance.policy (id, number, lead_org_id, product_id, tariff_id, quote_id, holder_org_id, insured_org_id,
         kind, from_on, to_on, state, premium, area_codes, org_ids)
       values ($1, $2, $3, $4, $5, $6, $7, $7, 'liability', '2027-01-01', '2027-12-31', 'awaiting_cash', 1, $8, array[$7::uuid, $3::uuid])`,
      [policy, `scope-${i}`, insurer, product, tariff, quote, unit, area_codes],
    );
    await askForMoney({ pool }, { policy, unit, insurer });
    await writeBesides(pool, { i, unit, quote, policy, insurer, area_codes });
  }
}

/** A paper with nothing on it. */
const A_PAPER = {
  kind: 'policy',
  no: 0,
  number: 'scope',
  on: '2027-01-01',
  product: '',
  scheme: '',
  filingNo: '',
  tariffVersion: 1,
  holder: '',
  agent: null,
  members: [],
  from: '2027-01-01',
  to: '2027-12-31',
  premium: 1,
  owed: [],
  coverages: [],
  lines: [],
  change: null,
  received: [],
};

type Written = { i: number; unit: string; quote: string; policy: string; insurer: string; area_codes: string[] };

/** What stands beside a policy: a mandate, a comparison, an endorsement. */
async function writeBesides(
  pool: Kernel['pool'],
  { i, unit, quote, policy, insurer, area_codes }: Written,
): Promise<void> {
  await pool.query(
    `insert into insurance.admission (id, scheme_id, insurer_org_id, asked_at, decide_by_on, area_codes, org_ids)
     select $1, s.id, $2, now() - interval '1 day', '2027-01-01', '{}', array[$2::uuid] from insurance.scheme s
     where s.code = 'scope' and $3 = 0`,
    [newId(), insurer, i],
  );
  await pool.query(
    `insert into insurance.document (id, policy_id, kind, no, content, hash, code, made_at, made_by, area_codes, org_ids)
     values ($1, $2, 'policy', 0, $3, 'scope', gen_random_uuid()::text, now(), 'test', $4, array[$5::uuid, $6::uuid])`,
    [newId(), policy, JSON.stringify(A_PAPER), area_codes, unit, insurer],
  );
  await pool.query(
    `insert into insurance.mandate (id, giver_org_id, agent_org_id, contract_ref, from_on, to_on, area_codes, org_ids)
     values ($1, $2, $2, $3, '2027-01-01', '2027-12-31', '{}', array[$2::uuid])`,
    [newId(), unit, `scope-${i}`],
  );
  await pool.query(
    `insert into insurance.comparison (id, holder_org_id, kind, from_on, asked_by, asked_at, seed, shown, on_sale, area_codes, org_ids)
     values ($1, $2, 'liability', '2027-01-01', 'test', now(), 'scope', array[$3::uuid], 1, '{}', array[$2::uuid])`,
    [newId(), unit, quote],
  );
  await pool.query(
    `insert into insurance.endorsement (id, policy_id, no, kind, effective_on, recorded_at, recorded_by, change, delta,
       area_codes, org_ids)
     values ($1, $2, 1, 'takeover', '2027-02-01', now(), 'test',
       '{"act":{"no":1,"on":"2027-02-01","kind":"takeover"}}', 0, $3, array[$4::uuid, $5::uuid])`,
    [newId(), policy, area_codes, unit, insurer],
  );
}

/** Two insurers have a line of a statement each, in suspense: one is the demo's, the other is nobody's who asks. */
async function moveMoney({ pool }: Kernel): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    `select id from identity.org where 'insurer' = any(kinds) order by id limit 1`,
  );
  for (const area of ['320205', '320206', '320211', '320213', '320214', '320281', '320282']) {
    await pool.query(
      `insert into insurance.annex_report (id, area_code, kind, year, no, from_on, until_at, frozen_at, frozen_by, reporter, content,
         hash, area_codes, org_ids)
       values ($1, $2, 'comprehensive', 2025, 0, '2025-01-01', '2025-12-31T15:59:59Z', now(), 'test', '示例',
         '{"one":[],"two":[],"lineIds":[]}', repeat('0', 64), array[$2::text], '{}')`,
      [newId(), area],
    );
  }
  for (const insurer of [rows[0]?.id, newId()]) {
    const [line, entry] = [newId(), newId()];
    await pool.query(
      `insert into insurance.subsidy_batch (id, lead_org_id, scheme_id, no, until_on, state, elevators, gross, claw_back, net, hash,
         submitted_at, submitted_by, area_codes, org_ids)
       select $1, $2, id, 1, '2026-10-31', 'submitted', 0, 0, 0, 0, 'x', now(), 'test', '{}', array[$2::uuid] from insurance.scheme limit 1`,
      [newId(), insurer],
    );
    await pool.query(
      `insert into insurance.commission_statement (id, lead_org_id, payee_org_id, month, carried, accrued, clawed_back, lines, hash,
         state, closed_at, closed_by, area_codes, org_ids)
       select $1, $2, (select o.id from identity.org o where o.id <> $2 order by o.id limit 1), '2026-10', 0, 0, 0, '[]', 'x', 'closed',
         now(), 'test', '{}', array[$2::uuid]`,
      [newId(), insurer],
    );
    await pool.query(
      `insert into insurance.pool_month (id, lead_org_id, month, fee_bp, premium, claims, content, hash, closed_at, closed_by, area_codes,
         org_ids) values ($1, $2, '2026-10', 0, 0, 0, '{"lines":[],"totals":[]}', 'x', now(), 'test', '{}', array[$2::uuid])`,
      [newId(), insurer],
    );
    await pool.query(
      `with e as (insert into insurance.entry (id, kind, at, lead_org_id, bank_line_id, area_codes, org_ids)
         values ($1, 'money_arrived', now(), $2, $3, '{}', array[$2::uuid])),
       b as (insert into insurance.bank_line (id, lead_org_id, account, bank_ref, at, amount, area_codes, org_ids)
         values ($3, $2, '****1234', 'SCOPE-1', now(), 100, '{}', array[$2::uuid]))
       insert into insurance.posting (entry_id, line, account, amount) values ($1, 0, 'bank', 100), ($1, 1, 'suspense', -100)`,
      [entry, insurer, line],
    );
  }
}
