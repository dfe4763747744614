import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Db } from '../../kernel/db.ts';
import { type ElevatorId, newId, type OrgId } from '../../kernel/ids.ts';
import { invariant } from '../../kernel/result.ts';
import { addDays, type Day } from '../../kernel/time.ts';
import { testDb } from '../../test/db.ts';
import { bookCost, reverseCost } from './cost.service.ts';
import type { PreventionDeps } from './deps.ts';
import { scorecards } from './figures.views.ts';
import { actOnFinding } from './finding.service.ts';
import { listFindings, showFinding } from './finding.views.ts';
import { remindOfFindings } from './finding-reminder.service.ts';
import { addElevator, addOrg, addPhoto, addPolicy, preventionDeps, report, viewerIn } from './prevention.fixtures.ts';
import { listServices } from './service.views.ts';
import type { PreventionTables } from './tables.ts';
import { recordVisit, type VisitReport } from './visit.service.ts';
import { listVisits } from './visit.views.ts';

let db: Db<PreventionTables>;
let deps: PreventionDeps;
let [insurer, rival, use, maintainer]: OrgId[] = [];
let elevator: ElevatorId;
let policy: string;
beforeAll(async () => {
  ({ db } = await testDb<PreventionTables>());
  ({ deps } = preventionDeps(db));
  insurer = await addOrg(db, '示例财险一', 'insurer');
  rival = await addOrg(db, '示例财险二', 'insurer');
  use = await addOrg(db, '示例物业', 'property_company');
  maintainer = await addOrg(db, '示例维保', 'maintenance_unit');
  elevator = await addElevator(db, { use, maintenance: maintainer, rescueCode: '320001' });
  policy = await addPolicy(db, { insurer, holder: use, elevators: [elevator] });
});

const org = (id: OrgId | undefined): OrgId => {
  invariant(id, 'made before the tests');
  return id;
};
const surveyor = () => viewerIn('surveyor', org(insurer));
const thing = (files: string[]): VisitReport['findings'][number] => ({
  id: newId(),
  category: 'door',
  severity: 'serious',
  description: '三层层门间隙过大',
  ownerKind: 'maintenance_unit',
  files,
});

test('a visit is kept once, opens its findings with a clock, and tells hazards', async () => {
  const me = surveyor();
  const sent = report({ rescueCode: '320001', findings: [thing([await addPhoto(db, me)])] });
  const first = await recordVisit(deps, me, sent);
  invariant(first.ok, 'a visit to a known elevator is kept');
  expect(first.value.remarks).toEqual([]);
  expect(first.value.findings).toMatchObject([{ dueOn: '2026-11-28' }]);
  expect(await recordVisit(deps, me, sent)).toEqual(first);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from kernel.outbox
    where type = 'prevention.finding_opened' and data ->> 'elevatorId' = ${elevator}`.execute(db);
  expect(rows[0]?.n).toBe(1);
  expect(await recordVisit(deps, viewerIn('surveyor', org(rival)), sent)).toEqual({
    ok: false,
    refusal: { code: 'prevention.visit_of_other' },
  });
});

test('a finding without a photo, or an unknown code, changes nothing', async () => {
  const before = await sql`select count(*) from prevention.visit`.execute(db);
  expect(await recordVisit(deps, surveyor(), report({ rescueCode: '320001', findings: [thing([])] }))).toMatchObject({
    refusal: { code: 'prevention.photo_missing', finding: 1 },
  });
  expect(await recordVisit(deps, surveyor(), report({ rescueCode: '999999' }))).toMatchObject({
    refusal: { code: 'prevention.no_elevator' },
  });
  expect(await sql`select count(*) from prevention.visit`.execute(db)).toEqual(before);
});

test('a visit where this insurer covers nothing is recorded, and says so', async () => {
  const done = await recordVisit(deps, viewerIn('surveyor', org(rival)), report({ rescueCode: '320001' }));
  expect(done).toMatchObject({ ok: true, value: { remarks: ['not_covered_here'] } });
});

test('from found to gone: mended with a photo, returned once, mended, closed; every step stays', async () => {
  const me = surveyor();
  const sent = report({ rescueCode: '320001', findings: [thing([await addPhoto(db, me)])] });
  await recordVisit(deps, me, sent);
  const id = sent.findings[0]?.id ?? '';
  const mechanic = viewerIn('technician', org(maintainer));
  const mend = async (version: number) =>
    actOnFinding(deps, mechanic, {
      id,
      act: { do: 'mend', note: '已调整', files: 1, version, attached: [await addPhoto(db, mechanic)] },
    });
  expect(await mend(0)).toMatchObject({ ok: true, value: { state: 'mended' } });
  expect(await mend(0)).toMatchObject({ refusal: { code: 'prevention.changed_meanwhile' } });
  const back = { do: 'return' as const, note: '仍超差', dueOn: '2026-12-05' as never, version: 1, attached: [] };
  expect(await actOnFinding(deps, me, { id, act: back })).toMatchObject({ ok: true, value: { state: 'open' } });
  await mend(2);
  expect(await actOnFinding(deps, me, { id, act: { do: 'close', note: '', version: 3, attached: [] } })).toMatchObject({
    ok: true,
    value: { state: 'closed', version: 4 },
  });
  const shown = await deps.scoped(mechanic, (tx) => showFinding(tx, id, { now: deps.now(), orgId: org(maintainer) }));
  expect(shown).toMatchObject({ state: 'closed', returned: 1, late: false });
  expect(shown?.steps.map((s) => [s.step, s.files.length])).toEqual([
    ['found', 1],
    ['mend', 1],
    ['return', 0],
    ['mend', 1],
    ['close', 0],
  ]);
  const { rows } = await sql<{ data: unknown }>`select data from kernel.outbox where type = 'prevention.finding_ended'
    and subject = ${id}`.execute(db);
  expect(rows).toMatchObject([{ data: { end: 'closed', inTime: true } }]);
});

test('another insurer sees neither visit nor finding; the elevator’s id is kept from who has no part in the elevator', async () => {
  const other = viewerIn('surveyor', org(rival));
  const seen = await deps.scoped(other, (tx) => listFindings(tx, { limit: 50 }, deps.now()));
  expect(seen.items).toEqual([]);
  const own = await deps.scoped(surveyor(), (tx) => listVisits(tx, { limit: 50 }));
  expect(own.items.length).toBeGreaterThan(0);
  expect(own.items.every((v) => v.elevatorId === null && v.insurer === '示例财险一')).toBe(true);
  const users = await deps.scoped(viewerIn('use_unit_head', org(use)), (tx) => listVisits(tx, { limit: 50 }));
  expect(users.items.some((v) => v.elevatorId === elevator)).toBe(true);
});

test('pages of findings meet every row once', async () => {
  const me = surveyor();
  for (let n = 0; n < 5; n += 1)
    await recordVisit(deps, me, report({ rescueCode: '320001', findings: [thing([await addPhoto(db, me)])] }));
  const read = (after?: string) =>
    deps.scoped(me, (tx) => listFindings(tx, { limit: 2, ...(after ? { after } : {}) }, deps.now()));
  const seen: string[] = [];
  for (let page = await read(); ; page = await read(page.next ?? '')) {
    seen.push(...page.items.map((i) => i.id));
    if (page.next === null) break;
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBe((await deps.scoped(me, (tx) => listFindings(tx, { limit: 200 }, deps.now()))).items.length);
});

test('what a policy owes, what was given, what it cost: booked once, reversed by an opposite', async () => {
  const me = viewerIn('cashier', org(insurer));
  const cost = {
    id: newId(),
    policyId: policy,
    service: 'prevention_visit',
    visitId: null,
    on: '2026-11-20',
    amount: 20_001,
    payee: '示例检测公司',
    voucher: 'FP-1',
  };
  expect(await bookCost(deps, me, cost)).toEqual({ ok: true, value: { costId: cost.id } });
  expect(await bookCost(deps, me, cost)).toEqual({ ok: true, value: { costId: cost.id } });
  expect(await bookCost(deps, me, { ...cost, id: newId() })).toMatchObject({
    refusal: { code: 'prevention.cost_known' },
  });
  expect(await bookCost(deps, me, { ...cost, id: newId(), voucher: 'FP-2', on: '2026-11-22' })).toMatchObject({
    refusal: { code: 'prevention.cost_in_future' },
  });
  expect(await bookCost(deps, viewerIn('cashier', org(rival)), cost)).toMatchObject({
    refusal: { code: 'prevention.policy_not_found' },
  });
  const asked = { on: '2026-11-21', after: undefined, limit: 10, capPercent: 20 };
  const listed = () => deps.scoped(me, (tx) => listServices(tx, asked));
  expect((await listed()).items).toMatchObject([
    { policyId: policy, cost: 20_001, costPercent: 20, aboveCap: true, services: [{ owed: 2, given: 7, left: 0 }] },
  ]);
  const undo = { costId: cost.id, id: newId(), reason: '票据有误' };
  expect((await reverseCost(deps, me, undo)).ok).toBe(true);
  expect((await reverseCost(deps, me, undo)).ok).toBe(true);
  expect(await reverseCost(deps, me, { ...undo, id: newId() })).toMatchObject({
    refusal: { code: 'prevention.cost_reversed' },
  });
  expect((await listed()).items).toMatchObject([{ cost: 0, aboveCap: false }]);
  expect((await bookCost(deps, me, { ...cost, id: newId() })).ok).toBe(true);
});

test('an open finding is spoken of before its day and after it, to each once a day; a mended one no more', async () => {
  const me = surveyor();
  const filed = await recordVisit(
    deps,
    me,
    report({ rescueCode: '320001', findings: [thing([await addPhoto(db, me)])] }),
  );
  const finding = filed.ok ? (filed.value.findings[0]?.id ?? '') : '';
  const about = async () =>
    (
      await sql<{ code: string; roles: string[] }>`select code, roles from kernel.notification
        where link = ${`/prevention/findings?open=${finding}`} and code in ('prevention.notice.due_soon', 'prevention.notice.overdue')
        order by at, code, roles`.execute(db)
    ).rows.map((r) => `${r.code.split('.')[2]} ${r.roles[0]}`);
  const on = async (day: string) => {
    await remindOfFindings({ ...deps, now: () => new Date(`${day}T01:00:00Z`) });
    await remindOfFindings({ ...deps, now: () => new Date(`${day}T09:00:00Z`) });
    return about();
  };
  const due = String(
    (await sql<{ due_on: string }>`select due_on::text from prevention.finding where id = ${finding}`.execute(db))
      .rows[0]?.due_on,
  ) as Day;
  expect(await on(addDays(due, -3))).toEqual([]);
  expect(await on(addDays(due, -2))).toEqual(['due_soon use_unit_head']);
  expect(await on(due)).toHaveLength(1);
  const late = ['overdue district_regulator', 'overdue surveyor', 'overdue use_unit_head'];
  expect(await on(addDays(due, 1))).toEqual(['due_soon use_unit_head', ...late]);
  expect(await on(addDays(due, 7))).toHaveLength(4);
  await sql`update prevention.finding set state = 'mended', mended_at = now() where id = ${finding}`.execute(db);
  expect(await on(addDays(due, 8))).toHaveLength(4);
});

test('more time that is given when the day is over does not make a late finding punctual', async () => {
  const me = surveyor();
  const filed = await recordVisit(
    deps,
    me,
    report({ rescueCode: '320001', findings: [thing([await addPhoto(db, me)])] }),
  );
  const id = filed.ok ? (filed.value.findings[0]?.id ?? '') : '';
  const year = { from: '2026-01-01' as Day, to: '2026-12-31' as Day };
  const share = async () => {
    const cards = await deps.scoped(me, (tx) => scorecards(tx, deps, year));
    return cards.find((card) => card.insurerOrgId === me.orgId)?.findings ?? { due: 0, inTime: 0 };
  };
  const before = await share();
  const later = { ...deps, now: () => new Date('2027-03-01T02:00:00Z') };
  const extend = { do: 'extend' as const, note: '等待配件', dueOn: '2027-04-01' as Day, version: 0, attached: [] };
  expect((await actOnFinding(later, me, { id, act: extend })).ok).toBe(true);
  const after = await share();
  expect([after.due - before.due, after.inTime - before.inTime]).toEqual([1, 0]);
});

test('reports are never changed', async () => {
  await expect(sql`update prevention.visit set summary = 'x'`.execute(db)).rejects.toThrow('never changed');
  await expect(sql`delete from prevention.finding_step`.execute(db)).rejects.toThrow('never changed');
});
