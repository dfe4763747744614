import { sql } from 'kysely';
import { pino } from 'pino';
import { openDb, openPool } from '../server/kernel/db.ts';
import { newId, type OrgId } from '../server/kernel/ids.ts';
import { keysForTest } from '../server/kernel/keys.ts';
import { plainOf } from '../server/kernel/packs.ts';
import { programDir } from '../server/kernel/program.ts';
import { pass } from '../server/kernel/relay.ts';
import { invariant } from '../server/kernel/result.ts';
import { secretData } from '../server/kernel/secret-data.ts';
import { statutoryClocks } from '../server/modules/insurance/claim/claim.deps.ts';
import { claimModuleOn } from '../server/modules/insurance/claim/claim.module.ts';
import type { Fleet, YearCity } from '../server/modules/insurance/year.fixtures.ts';
import { checkYear } from '../server/modules/insurance/year-check.fixtures.ts';
import { liveYear } from '../server/modules/insurance/year-course.fixtures.ts';
import { commandDeps } from '../server/modules/rescue/rescue.fixtures.ts';
import type { RescueTables } from '../server/modules/rescue/tables.ts';
import { loadCityPack } from '../server/packs.ts';
import { openStage } from './ingest/stage.ts';
import { openInsuredCity, viewerOf } from './insurance/city.ts';

/** Settings: `20000`, elevators. */
export const about = 'a year of policies, rescues, claims and money of a city, counted again by plain sums, to the fen';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

export async function run([size = '20000']: readonly string[]): Promise<void> {
  const stage = await openStage({ elevators: 1, senders: 1 });
  const pool = openPool(stage.url, 8);
  try {
    const city = await openYearCity(pool, { url: stage.url, size: Number(size) });
    const elevators = city.fleets.reduce((n, f) => n + f.elevators.length, 0);
    const started = performance.now();
    const diary = await liveYear(city);
    const seconds = (performance.now() - started) / 1_000;
    say(
      `${elevators} elevators, ${diary.written.size} policies, ${diary.claims.size} claims paid, ${diary.cancelled.size} cancelled`,
    );
    say(`lived in ${seconds.toFixed(0)} s`);
    const differences = await checkYear({ db: city.deps.db, diary });
    for (const { what, record, left, right } of differences) say(`DIFFERS ${what}: ${record}: ${left} and ${right}`);
    say(differences.length === 0 ? 'every sum agrees to the fen' : `${differences.length} records differ`);
  } finally {
    await pool.end();
    await stage.close();
  }
}

/** The insured city of the other bench, in which three insurers share and rescue runs too. */
async function openYearCity(
  pool: ReturnType<typeof openPool>,
  { url, size }: { url: string; size: number },
): Promise<YearCity> {
  const insured = await openInsuredCity(pool, { url, size, say });
  const { db, deps, clock, insurer, productId } = insured;
  const members = [insurer, newId(), newId()].map((id, i) => ({ insurer: id, shareBp: [4_500, 3_500, 2_000][i] }));
  await sql`update insurance.scheme set members = ${JSON.stringify(members)}::jsonb`.execute(db);
  await sql`delete from insurance.mandate`.execute(db); // in the year everybody gives his own
  const pack = await loadCityPack({ city: '320200', programDir, extraDir: null });
  invariant(pack.ok, 'the pack of the default city is whole');
  const calendar = { holidays: new Set<never>(), workdays: new Set<never>() };
  const clocks = statutoryClocks(plainOf(pack.value.files.insurance));
  const claims = { ...deps, secret: secretData(keysForTest(), 'aes'), calendar, clocks };
  const module = { name: 'insurance', ...claimModuleOn(claims) };
  const relaying = {
    db: openDb(pool),
    pool,
    log: pino({ level: 'silent' }),
    modules: [module],
    heard: () => undefined,
  };
  const rescue = commandDeps(openDb<RescueTables>(pool), plainOf(pack.value.files.rescue)).deps;
  return {
    deps: claims,
    rescue: { ...rescue, now: () => clock.now },
    setNow: (at) => (clock.now = at),
    relay: () => pass(relaying).then(() => undefined),
    viewer: (org, role) => viewerOf(org, role),
    lead: insurer,
    productId,
    fleets: await fleetsOf(db),
  };
}

/** Who uses and who maintains: three elevators or more make a fleet, the last of which joins later. */
async function fleetsOf(db: YearCity['deps']['db']): Promise<readonly Fleet[]> {
  const { rows } = await sql<{ holder: OrgId; agent: OrgId; elevators: Fleet['elevators'] }>`
    select use_org_id as holder, maintenance_org_id as agent, jsonb_agg(jsonb_build_object('id', id, 'code', rescue_code) order by id) as elevators
    from registry.elevator where state = 'in_use' and use_org_id <> maintenance_org_id
    group by 1, 2 having count(*) >= 3 order by 1, 2`.execute(db);
  return rows;
}
