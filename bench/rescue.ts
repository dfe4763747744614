import { openDb } from '../server/kernel/db.ts';
import { newId } from '../server/kernel/ids.ts';
import { plainOf } from '../server/kernel/packs.ts';
import { programDir } from '../server/kernel/program.ts';
import type { RescueTables } from '../server/modules/rescue/index.ts';
import { takeSign } from '../server/modules/rescue/intake.service.ts';
import { addElevator, addOrg, addRescuer, call, commandDeps } from '../server/modules/rescue/rescue.fixtures.ts';
import { loadCityPack } from '../server/packs.ts';
import { openStage, type Stage } from './ingest/stage.ts';
import { measureThroughDoors } from './rescue/doors.ts';

/** Settings: none for the service alone; `doors [--rate 2000]` for the running product, with others sending beside. */
export const about = 'a power cut: 500 entrapments in 10 s and 120 rescuers, how soon each has a named one';

const INCIDENTS = 500;
const SPAN_MS = 10_000;
const RESCUERS = 120;
const FEEDERS = 10;
const BUDGET_MS = 5_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

export async function run(args: readonly string[] = []): Promise<void> {
  if (args[0] === 'doors') {
    const rate = args.includes('--rate') ? Number(args[args.indexOf('--rate') + 1]) : 2_000;
    return measureThroughDoors({ rate });
  }
  const stage = await openStage({ elevators: 1, senders: 1 });
  try {
    await measure(stage);
  } finally {
    await stage.close();
  }
}

async function measure({ pool }: Stage): Promise<void> {
  const { elevators, take } = await openCity(pool);
  const bare = await median(50, () => pool.query('select 1'));
  const start = Date.now();
  const waits = await Promise.all(
    elevators.map(async (elevator, i) => {
      await new Promise((resolve) => setTimeout(resolve, (i * SPAN_MS) / INCIDENTS));
      const arrived = Date.now();
      await take(elevator);
      return Date.now() - arrived;
    }),
  );
  const seconds = (Date.now() - start) / 1_000;
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  const { incidents, named, groups, doubled } = await count(pool);
  say(`incidents ${incidents} of ${INCIDENTS}, doubled ${doubled}, events ${groups}`);
  say(`with a named rescuer or an explained place in his plan: ${named}`);
  say(
    `arrival → named: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, worst ${at(1)} ms; budget ${BUDGET_MS} ms, ratio ${(at(1) / BUDGET_MS).toFixed(3)}`,
  );
  say(`all within ${seconds.toFixed(1)} s; one empty statement here takes ${bare.toFixed(2)} ms`);
}

/** A unit with its rescuers and cars on ten feeders, and how a call for one of the cars is taken. */
async function openCity(pool: Stage['pool']) {
  const db = openDb<RescueTables>(pool);
  const pack = await loadCityPack({ city: '320200', programDir, extraDir: null });
  if (!pack.ok) throw new Error('the pack of the default city is not valid');
  const { deps: fixed } = commandDeps(db, plainOf(pack.value.files.rescue));
  const deps = { ...fixed, now: () => new Date() };
  const org = await addOrg(db, '示例维保一号公司', 'maintenance_unit');
  for (let i = 0; i < RESCUERS; i += 1) await addRescuer(db, { org, label: `组${i}`, now: deps.now() });
  const feeders = Array.from({ length: FEEDERS }, () => newId());
  const elevators: Awaited<ReturnType<typeof addElevator>>[] = [];
  for (let i = 0; i < INCIDENTS; i += 1)
    elevators.push(await addElevator(db, { maintenance: org, feeder: feeders[i % FEEDERS] ?? null }));
  const take = (elevator: (typeof elevators)[number]) =>
    db.transaction().execute((tx) => takeSign(tx, deps, call(elevator, new Date())));
  return { elevators, take };
}

async function count(pool: Stage['pool']) {
  const { rows } = await pool.query<{ incidents: number; named: number; groups: number; doubled: number }>(`
    select count(*)::int as incidents, count(*) filter (where exists (select from rescue.offer o where o.incident_id = i.id
      and o.person_id is not null and (o.place = 1 or o.reasons <> '[]')))::int as named, count(distinct group_id)::int as groups,
      (count(*) - count(distinct elevator_id))::int as doubled from rescue.incident i`);
  return rows[0] ?? { incidents: 0, named: 0, groups: 0, doubled: 0 };
}

async function median(times: number, work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const from = performance.now();
    await work();
    taken.push(performance.now() - from);
  }
  return taken.toSorted((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
}
