import { Readable } from 'node:stream';
import { crc32, deflateSync } from 'node:zlib';
import { sql } from 'kysely';
import { attach, openFileStore, rememberFile } from '../kernel/files.ts';
import type { OrgId } from '../kernel/ids.ts';
import { plainOf } from '../kernel/packs.ts';
import { invariant, type Result } from '../kernel/result.ts';
import { scopedOn, type Viewer } from '../kernel/scope.ts';
import { addDays, addSeconds, type Day, dayOf, startOf } from '../kernel/time.ts';
import { calendarOf } from '../modules/identity/index.ts';
import type { PreventionDeps } from '../modules/prevention/deps.ts';
import { evaluate, publishEvaluation } from '../modules/prevention/evaluation.service.ts';
import { actOnFinding } from '../modules/prevention/finding.service.ts';
import { answerLetter, rate, suggest } from '../modules/prevention/letter.service.ts';
import type { PreventionTables } from '../modules/prevention/tables.ts';
import { recordVisit, type VisitReport } from '../modules/prevention/visit.service.ts';
import type { DemoPart, DemoWorld } from './seed.ts';

const VISITS = 60;

type Insured = { code: string; insurer: OrgId; use: OrgId; maintenance: OrgId | null; lng: number; lat: number };

/** A year of visits: what surveyors looked at and found, what was mended in time, late, or not yet. */
export const seedPrevention: DemoPart = async (world) => {
  const { kernel } = world;
  const { rows } = await sql<Insured>`
    select distinct on (p.holder_org_id) c.rescue_code as code, p.lead_org_id as insurer, c.use_org_id as use,
      c.maintenance_org_id as maintenance, c.lng, c.lat
    from insurance.policy p join insurance.policy_line l on l.policy_id = p.id
      join registry.elevator_card c on c.id = l.elevator_id
    where p.state = 'issued' and p.from_on < ${addDays(dayOf(kernel.now()), -70)} and c.rescue_code is not null
      and c.lng is not null and c.use_org_id is not null order by p.holder_org_id, c.no`.execute(kernel.db);
  const seen = [...(await ownElevators(world)), ...rows, ...rows].slice(0, VISITS);
  for (const [i, insured] of seen.entries()) await visit(world, insured, i);
  await judge(world, rows);
};

/** Elevators of the unit whose accounts people sign in with, insured or not: they shall find something to do. */
async function ownElevators({ kernel, cast }: DemoWorld): Promise<Insured[]> {
  const own = cast.orgs.find((o) => o.key === 'property_company-1');
  const insurer = cast.orgs.find((o) => o.key === 'insurer');
  const { rows } = await sql<Insured>`select rescue_code as code, ${insurer?.id}::uuid as insurer, use_org_id as use,
      maintenance_org_id as maintenance, lng, lat
    from registry.elevator_card where use_org_id = ${own?.id} and rescue_code is not null and lng is not null
    order by no limit 6`.execute(kernel.db);
  return rows;
}

const SAID = [
  ['示例：希望抽查前提前一天告知物业', 'adopted', '示例：今后抽查前一个工作日告知物业'],
  ['示例：请增加节假日前的专项检查', 'explained', '示例：节前检查已列入下季度计划'],
  ['示例：建议公开每次抽查的照片', 'adopted', '示例：照片随服务记录一并提供'],
] as const;

/** A piece of advice of weeks ago, answered in a few days; what was said last waits for its answer. */
async function advise(world: DemoWorld, { code, use, insurer }: Insured, n: number): Promise<void> {
  const [text, outcome, answer] = SAID[n % SAID.length] ?? SAID[0];
  const day = addDays(dayOf(world.kernel.now()), -38 + n * 9);
  const at = (later: number, hour: number) => addSeconds(startOf(addDays(day, later)), hour * 3_600);
  const user = viewerOf(use, 'use_unit_head', world);
  const { letterId: id } = sure(await suggest(depsOn(world, at(0, 10)), user, { rescueCode: code, text }));
  const said = { id, version: 0, outcome, answer };
  if (n >= 3) return;
  sure(await answerLetter(depsOn(world, at(4 + n, 15)), viewerOf(insurer, 'handler', world), said));
}

/** Users advise and rate, and the insurer publishes what it found of the units it checked. */
async function judge(world: DemoWorld, insured: readonly Insured[]): Promise<void> {
  const deps = depsOn(world, world.kernel.now());
  for (const [i, one] of insured.entries()) {
    const user = viewerOf(one.use, 'use_unit_head', world);
    if (i % 9 === 2) await advise(world, one, Math.floor(i / 9));
    if (i % 2 === 0) sure(await rate(deps, user, { rescueCode: one.code, score: 3 + (i % 3), text: '' }));
  }
  const insurer = insured[0]?.insurer;
  if (!insurer) return;
  const made = await evaluate(deps, viewerOf(insurer, 'surveyor', world));
  if (made.ok && made.value.shown > 0)
    sure(await publishEvaluation(deps, viewerOf(insurer, 'approver', world), made.value.evaluationId));
}

const FOUND = [
  ['door', 'serious', '示例：层门门锁啮合不足 7 毫米'],
  ['alarm', 'general', '示例：轿厢对讲无人应答'],
  ['pit', 'general', '示例：底坑有积水'],
  ['machine_room', 'general', '示例：机房堆放杂物'],
  ['brake', 'urgent', '示例：制动器闸瓦磨损超限'],
  ['sign', 'general', '示例：救援识别码铭牌缺失'],
] as const;

async function visit(world: DemoWorld, insured: Insured, i: number): Promise<void> {
  const day = addDays(dayOf(world.kernel.now()), -((i * 37) % 64) - 1);
  const at = new Date(startOf(day).getTime() + (9 + (i % 8)) * 3_600_000);
  const deps = depsOn(world, addSeconds(at, 2_700));
  const surveyor = viewerOf(insured.insurer, 'surveyor', world);
  const found = i % 5 === 3 ? [] : [FOUND[i % FOUND.length] ?? FOUND[0]];
  const findings: VisitReport['findings'][number][] = [];
  for (const [category, severity, description] of found) {
    const files = [await picture(world, surveyor, i)];
    const ownerKind = category === 'machine_room' || category === 'pit' ? 'use_unit' : 'maintenance_unit';
    findings.push({ id: deps.newId(), category, severity, description, ownerKind, files });
  }
  const kinds = ['prevention_visit', 'quality_check', 'quality_check', 'assessment_help'] as const;
  const done = await recordVisit(deps, surveyor, {
    id: deps.newId(),
    kind: kinds[i % kinds.length] ?? 'quality_check',
    rescueCode: insured.code,
    startedAt: at,
    endedAt: addSeconds(at, 1_500 + (i % 7) * 240),
    position: { lng: insured.lng, lat: insured.lat, accuracyM: 10 + (i % 20) },
    checks: deps.settings.checklist.map(({ code }, n) => ({ code, result: (n + i) % 11 === 0 ? 'fail' : 'pass' })),
    summary: '示例：已向使用单位和维保单位说明发现的问题',
    findings,
  });
  sure(done);
  for (const { id } of findings) await follow({ world, insured, id, i, day });
}

type Following = { world: DemoWorld; insured: Insured; id: string; i: number; day: Day };

/** Most are mended in a few days and looked at again; some wait for that, some are open, some of them late. */
async function follow({ world, insured, id, i, day }: Following): Promise<void> {
  if (i % 4 === 0) return;
  const after = addDays(day, 2 + (i % 9));
  if (after >= dayOf(world.kernel.now())) return;
  const deps = depsOn(world, new Date(startOf(after).getTime() + 10 * 3_600_000));
  const mender = viewerOf(
    i % 3 === 0 || !insured.maintenance ? insured.use : insured.maintenance,
    'maintenance_manager',
    world,
  );
  const files = [await picture(world, mender, i + 500)];
  const mend = { do: 'mend' as const, note: '示例：已更换并调整', files: files.length, version: 0, attached: files };
  const told = await actOnFinding(deps, mender, { id, act: mend });
  if (!told.ok || i % 4 === 1) return; // who is not the owner, as the use unit of a stray elevator, says nothing
  const again = { ...deps, now: () => addSeconds(deps.now(), 90_000) };
  const surveyor = viewerOf(insured.insurer, 'surveyor', world);
  sure(
    await actOnFinding(again, surveyor, { id, act: { do: 'close', note: '示例：复查合格', version: 1, attached: [] } }),
  );
}

function depsOn({ kernel, pack }: DemoWorld, at: Date): PreventionDeps {
  const db = kernel.db.withTables<PreventionTables>();
  return {
    db,
    scoped: scopedOn(db),
    now: () => at,
    newId: kernel.newId,
    calendar: calendarOf(pack.files.calendar),
    settings: plainOf(pack.files.prevention),
    leastAnswers: pack.files.insurance.satisfactionLeastAnswers.value,
  };
}

/** Somebody of an organisation, as a session would name him. */
export const viewerOf = (org: OrgId, role: string, { kernel, cast }: DemoWorld): Viewer => ({
  accountId: kernel.newId() as Viewer['accountId'],
  personId: null,
  orgId: org,
  role,
  displayName: cast.orgs.find((o) => o.id === org)?.name ?? '',
  scope: { all: false, areas: [], orgs: [org] },
  grants: [],
});

/** What the demo asks of its own services succeeds. */
export function sure<T, R extends { code: string }>(done: Result<T, R>): T {
  invariant(done.ok, `the demo is in order: ${done.ok ? '' : done.refusal.code}`);
  return done.value;
}

/** A picture that shows nothing but that it is an example: plain colours, uploaded by this person. */
async function picture({ kernel }: DemoWorld, by: Viewer, seed: number): Promise<string> {
  const stored = await openFileStore(kernel.config.dataDir).put(Readable.from([plainPicture(seed)]));
  invariant(stored.ok, 'a picture of the demo is a picture');
  const id = kernel.newId();
  await rememberFile(kernel.db, stored.value);
  const file = { id, file: stored.value, name: '示例照片.png', purpose: 'upload', subject: null };
  await scopedOn(kernel.db)(by, (tx) => attach(tx, { ...file, audience: { areaCodes: [], orgIds: [] } }));
  return id;
}

const SIDE = 96;

/** A PNG of two plain colours, different for every seed. */
function plainPicture(seed: number): Buffer {
  const rows = Buffer.alloc(SIDE * (1 + SIDE * 3));
  for (let y = 0; y < SIDE; y += 1)
    for (let x = 0; x < SIDE; x += 1) {
      const at = y * (1 + SIDE * 3) + 1 + x * 3;
      const light = (x + y + seed * 13) % 64 < 32 ? 40 : 0;
      rows[at] = 90 + ((seed * 29) % 90) + light;
      rows[at + 1] = 110 + ((seed * 17) % 60) + light;
      rows[at + 2] = 120 + ((seed * 11) % 70) + light;
    }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(SIDE, 0);
  head.writeUInt32BE(SIDE, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body) >>> 0, body.length + 4);
  return framed;
}
