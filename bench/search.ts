import { sql } from 'kysely';
import { openDb, openPool } from '../server/kernel/db.ts';
import type { AccountId, OrgId } from '../server/kernel/ids.ts';
import { programDir } from '../server/kernel/program.ts';
import { EVERYTHING, type Scope, scopedOn, type Viewer } from '../server/kernel/scope.ts';
import { cityOf } from '../server/modules/registry/city.ts';
import type { RegistryTables } from '../server/modules/registry/index.ts';
import { industryBook } from '../server/modules/registry/industry.rules.ts';
import { listElevators, narrow } from '../server/modules/registry/list.views.ts';
import { overviewOf } from '../server/modules/registry/overview.views.ts';
import { searchAll } from '../server/modules/registry/search.views.ts';
import { loadCityPack } from '../server/packs.ts';
import { seedBenchCity } from './city.ts';
import { openStage } from './ingest/stage.ts';

/** Settings: `225000 3`, elevators and rounds. */
export const about = 'search box, elevator list and overview of a whole city, as four kinds of viewer';

const BUDGET_MS = 100;
const TODAY = '2026-11-21';
const say = (line: string): void => void process.stdout.write(`${line}\n`);

export async function run([size = '225000', rounds = '3']: readonly string[]): Promise<void> {
  const stage = await openStage({ elevators: 1, senders: 1 });
  try {
    await stage.pool.query('delete from registry.elevator');
    await seedBenchCity({ url: stage.url, size: Number(size), say });
    for (const { what, p50Ms, p95Ms } of await measure(stage.url, Number(rounds)))
      say(
        `${what.padEnd(30)} p50 ${p50Ms} ms, p95 ${p95Ms} ms, ratio to ${BUDGET_MS} ms ${(p95Ms / BUDGET_MS).toFixed(2)}`,
      );
  } finally {
    await stage.close();
  }
}

type Timed = { what: string; p50Ms: number; p95Ms: number };

const QUERIES = [
  '翠湖花园',
  '翠湖华园',
  '望江名邸',
  '兰亭公寓一号楼',
  '翠胡花圆',
  '星河',
  '示例大道12号',
  '滨湖区金桂雅苑',
  '云栖家园3幢2单元',
  '320',
  '311032',
  '31103202',
  '梯11苏B0',
  '示例物业三号公司',
  '锦绣新村',
  '清湾雅苑',
  '客运码头',
  '松岸大厦',
  '百合',
  '华庭十二栋',
];

async function measure(url: string, rounds: number): Promise<Timed[]> {
  const pool = openPool(url, 2);
  const db = openDb<RegistryTables>(pool);
  const scoped = scopedOn(db);
  const areas = await areasOfWuxi();
  const results: Timed[] = [];
  for (const [name, scope] of Object.entries(await scopes(pool))) {
    const viewer = { ...VIEWER, scope };
    const search: number[] = [];
    const list: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      for (const q of QUERIES) {
        search.push(await timed(() => scoped(viewer, (tx) => searchAll(tx, { scope, q, limit: 12 }))));
        const ask = { sort: 'changed' as const, descending: true, after: null, limit: 50 };
        const page = async () =>
          scoped(viewer, async (tx) =>
            listElevators(
              tx,
              await narrow(tx, round % 2 ? { q } : {}, {
                scope,
                today: TODAY,
                industries: industryBook([]),
                insured: null,
              }),
              ask,
            ),
          );
        list.push(await timed(page));
      }
    }
    const overview: number[] = [];
    for (let round = 0; round < rounds * 5; round += 1) {
      const ask = { areas, code: null, today: TODAY, withEmpty: true };
      overview.push(await timed(() => scoped(viewer, (tx) => overviewOf(tx, ask))));
    }
    results.push(
      { what: `search, ${name}`, ...quantiles(search) },
      { what: `list, ${name}`, ...quantiles(list) },
      { what: `overview, ${name}`, ...quantiles(overview) },
    );
  }
  const floor: number[] = [];
  for (let i = 0; i < 200; i += 1) floor.push(await timed(() => sql`select 1`.execute(db)));
  results.push({ what: 'limit: one empty query', ...quantiles(floor) });
  await pool.end();
  return results;
}

async function areasOfWuxi() {
  const pack = await loadCityPack({ city: '320200', programDir, extraDir: null });
  if (!pack.ok) throw new Error('the pack of the default city is not valid');
  return cityOf(pack.value.files, pack.value.manifest).areas;
}

const VIEWER: Viewer = {
  accountId: '018f0000-0000-7000-8000-000000000000' as AccountId,
  personId: null,
  orgId: null,
  role: 'city_regulator',
  displayName: 'bench',
  scope: EVERYTHING,
  grants: [],
};

async function scopes(pool: ReturnType<typeof openPool>): Promise<Record<string, Scope>> {
  const { rows } = await pool.query<{ district: string; use: OrgId; maintenance: OrgId }>(
    `select district_code as district, use_org_id as use, maintenance_org_id as maintenance
     from registry.elevator where use_org_id is not null order by no limit 1`,
  );
  const one = rows[0];
  if (!one) throw new Error('Fill the registry first');
  return {
    city: EVERYTHING,
    district: { all: false, areas: [one.district], orgs: [] },
    'maintenance unit': { all: false, areas: [], orgs: [one.maintenance] },
    'use unit': { all: false, areas: [], orgs: [one.use] },
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function quantiles(ms: readonly number[]): { p50Ms: number; p95Ms: number } {
  const sorted = [...ms].sort((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10;
  return { p50Ms: at(0.5), p95Ms: at(0.95) };
}
