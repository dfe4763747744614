import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Db } from '../../kernel/db.ts';
import { type ElevatorId, newId, type OrgId } from '../../kernel/ids.ts';
import { invariant } from '../../kernel/result.ts';
import { EVERYTHING } from '../../kernel/scope.ts';
import type { Day } from '../../kernel/time.ts';
import { testDb } from '../../test/db.ts';
import { checkPdf, checkXlsx, linesOf } from './check.print.ts';
import { makeCheck, replyToCheck } from './check.service.ts';
import { findCheck } from './check.views.ts';
import type { PreventionDeps } from './deps.ts';
import { evaluate, publishEvaluation } from './evaluation.service.ts';
import { listEvaluations, publishedScores } from './evaluation.views.ts';
import { scorecards } from './figures.views.ts';
import { answerLetter, appeal, rate, suggest } from './letter.service.ts';
import { listLetters } from './letter.views.ts';
import { addElevator, addOrg, addPolicy, preventionDeps, report, viewerIn } from './prevention.fixtures.ts';
import type { PreventionTables } from './tables.ts';
import { recordVisit } from './visit.service.ts';

let db: Db<PreventionTables>;
let deps: PreventionDeps;
let pass: (days: number) => void;
let insurer: OrgId;
let use: OrgId;
let unit: OrgId;
let elevator: ElevatorId;
let policy: string;
const PROMISE = {
  id: 'fast',
  name: '24 小时到账',
  starts: 'papers_complete',
  stops: 'paid',
  length: { count: 24, unit: 'hours' },
  upTo: 10_000_00,
};
const november = { from: '2026-11-01' as Day, to: '2026-11-21' as Day };
const office = () => viewerIn('city_regulator', null, { scope: EVERYTHING });

beforeAll(async () => {
  ({ db } = await testDb<PreventionTables>());
  ({ deps, pass } = preventionDeps(db));
  insurer = await addOrg(db, '示例财险一', 'insurer');
  use = await addOrg(db, '示例物业', 'property_company');
  unit = await addOrg(db, '示例维保', 'maintenance_unit');
  elevator = await addElevator(db, { use, maintenance: unit, rescueCode: '320001' });
  policy = await addPolicy(db, { insurer, holder: use, elevators: [elevator], promises: [PROMISE] });
  await addElevator(db, { use, maintenance: unit, rescueCode: '320002' });
});

/** A claim whose papers were complete at an instant and whose money arrived so many hours later. */
async function addPayment(completeAt: string, hours: number): Promise<void> {
  const [claim, party, at] = [newId(), newId(), new Date(completeAt)];
  const paidAt = new Date(at.getTime() + hours * 3_600_000);
  const moments = { reported: at.toISOString(), papers_complete: at.toISOString(), paid: paidAt.toISOString() };
  await sql`insert into insurance.claim (id, number, policy_id, elevator_id, kind, accident_key, happened_at, reported_at, channel,
      phase, body, moments, lead_org_id, area_codes, org_ids)
    values (${claim}, ${claim}, ${policy}, ${elevator}, 'injury', ${claim}, ${at}, ${at}, 'phone', 'closed', '{}',
      ${JSON.stringify(moments)}::jsonb, ${insurer}, '{320205}', ${[insurer, use]}::uuid[])`.execute(db);
  await sql`insert into insurance.claim_party (id, claim_id, kind, name, added_at, added_by)
    values (${party}, ${claim}, 'victim', 'x', ${at}, 'test')`.execute(db);
  await sql`insert into insurance.claim_payment (id, claim_id, item_id, party_id, payee_kind, amount, kind, state, key, body_hash,
      proposed_at, proposed_by, ordered_at, ordered_by, complete_at, reported_at, paid_at, bank_ref, lead_org_id, policy_id,
      area_codes, org_ids)
    values (${newId()}, ${claim}, 'a', ${party}, 'victim', 10000, 'final', 'paid', ${claim}, 'x', ${at}, 'a', ${at}, 'b', ${at},
      ${at}, ${paidAt}, ${claim}, ${insurer}, ${policy}, '{320205}', ${[insurer, use]}::uuid[])`.execute(db);
}

test('a scorecard counts what the bank said, promise by promise, and holds back what too few said', async () => {
  for (const hours of [3, 10, 24, 40]) await addPayment('2026-11-10T02:00:00Z', hours);
  await addPayment('2026-10-10T02:00:00Z', 5); // before the span
  const [own] = await deps.scoped(office(), (tx) => scorecards(tx, deps, november));
  expect(own).toMatchObject({
    insurer: '示例财险一',
    payments: { n: 4, min: 3, p50: 10, p90: 40, max: 40, amount: 40_000 },
    promises: [{ id: 'fast', due: 4, kept: 3, percent: 75 }],
    satisfaction: { n: 0, percent: null },
  });
  // A claim that was refused owes no money, closed or not: no promise of payment was broken by it.
  const [refused] = (
    await sql<{
      id: string;
    }>`update insurance.claim set body = '{"refusal": {"reason": "excluded", "by": "x", "text": ""}}',
      moments = moments - 'paid' || '{"refused": "2026-11-12T02:00:00Z"}'
    where id = (select claim_id from insurance.claim_payment where paid_at = '2026-11-11T18:00:00Z') returning id`.execute(
      db,
    )
  ).rows;
  expect(refused).toBeDefined();
  const [after] = await deps.scoped(office(), (tx) => scorecards(tx, deps, november));
  expect(after).toMatchObject({ promises: [{ id: 'fast', due: 3, kept: 3 }] });
  const rival = viewerIn('approver', newId() as OrgId);
  expect(await deps.scoped(rival, (tx) => scorecards(tx, deps, november))).toEqual([]);
});

test('one voter, one vote a year, on the insurer of the elevator he names', async () => {
  const owner = viewerIn('owner', null);
  const said = { rescueCode: '320001', score: 5, text: '' };
  expect(await rate(deps, owner, said)).toEqual({ ok: true, value: { insurers: 1, year: 2026 } });
  expect(await rate(deps, owner, said)).toMatchObject({ refusal: { code: 'prevention.rated' } });
  expect((await rate(deps, viewerIn('use_unit_head', use), { ...said, score: 2 })).ok).toBe(true);
  expect((await rate(deps, viewerIn('association', newId() as OrgId), { ...said, score: 1 })).ok).toBe(true);
  const { rows: told } = await sql<{
    data: unknown;
  }>`select data from kernel.outbox where type = 'prevention.survey_counted'
    order by occurred_at, id`.execute(deps.db);
  expect(told.map((t) => t.data)).toMatchObject([
    { useOrgId: use, valid: 1, satisfied: 1 },
    { useOrgId: use, valid: 1, satisfied: 0 },
  ]); // those served; the association's opinion is in no official share
  expect(await rate(deps, owner, { ...said, rescueCode: '320002' })).toMatchObject({
    refusal: { code: 'prevention.not_insured' },
  });
  expect(await rate(deps, owner, { ...said, rescueCode: '999999' })).toMatchObject({
    refusal: { code: 'prevention.no_elevator' },
  });
  const [own] = await deps.scoped(office(), (tx) => scorecards(tx, deps, november));
  expect(own?.satisfaction).toEqual({ n: 2, percent: 50 }); // nor in the scorecard's
});

test('a suggestion runs against its clock and is answered once, with an outcome that fits', async () => {
  const done = await suggest(deps, viewerIn('use_unit_head', use), { rescueCode: '320001', text: '请增加夜间抽查' });
  invariant(done.ok, 'an insured elevator has somebody to tell');
  expect(done.value.dueOn).toBe('2026-12-04'); // ten working days after Saturday the 21st
  const answer = { id: done.value.letterId, version: 0, outcome: 'upheld' as const, answer: '已安排' };
  const handler = viewerIn('handler', insurer);
  expect(await answerLetter(deps, handler, answer)).toMatchObject({ refusal: { code: 'prevention.letter_outcome' } });
  expect(await answerLetter(deps, viewerIn('handler', newId() as OrgId), answer)).toMatchObject({
    refusal: { code: 'prevention.letter_not_found' },
  });
  expect((await answerLetter(deps, handler, { ...answer, outcome: 'adopted' })).ok).toBe(true);
  expect(await answerLetter(deps, handler, { ...answer, outcome: 'adopted' })).toMatchObject({
    refusal: { code: 'prevention.letter_answered' },
  });
  const read = await deps.scoped(viewerIn('use_unit_head', use), (tx) =>
    listLetters(tx, { show: 'answered', limit: 10 }, deps.now()),
  );
  expect(read.items).toMatchObject([{ outcome: 'adopted', late: false, from: '示例物业' }]);
});

test('units are evaluated from checks; nothing is public before it is published; an upheld appeal takes a result back', async () => {
  const surveyor = viewerIn('surveyor', insurer);
  expect(await evaluate(deps, surveyor)).toMatchObject({ refusal: { code: 'prevention.evaluation_empty' } });
  for (let i = 0; i < 3; i += 1)
    await recordVisit(
      deps,
      surveyor,
      report({
        rescueCode: '320001',
        kind: 'quality_check',
        checks: [
          { code: 'door', result: 'pass' },
          { code: 'pit', result: i === 0 ? 'fail' : 'pass' },
        ],
      }),
    );
  const made = await evaluate(deps, surveyor);
  invariant(made.ok, 'there are checks now');
  expect(made.value).toMatchObject({ units: 1, shown: 1 });
  expect(await publishedScores(deps)).toEqual([]);
  const approver = viewerIn('approver', insurer);
  expect((await publishEvaluation(deps, approver, made.value.evaluationId)).ok).toBe(true);
  expect(await publishEvaluation(deps, approver, made.value.evaluationId)).toMatchObject({
    refusal: { code: 'prevention.evaluation_published' },
  });
  const [shown] = await publishedScores(deps);
  expect(shown).toMatchObject({
    unit: '示例维保',
    checks: 3,
    method: '2026-1',
    appealUntil: '2026-12-11',
    parts: { qualification: 0, record: 83.3 },
  });

  const manager = viewerIn('maintenance_manager', unit);
  const objection = { evaluation: made.value.number, text: '许可证在有效期内' };
  expect(await appeal(deps, viewerIn('maintenance_manager', use), objection)).toMatchObject({
    refusal: { code: 'prevention.no_result' },
  });
  const sent = await appeal(deps, manager, objection);
  invariant(sent.ok, 'within the window');
  expect(await appeal(deps, manager, objection)).toMatchObject({ refusal: { code: 'prevention.appeal_known' } });
  const upheld = { id: sent.value.letterId, version: 0, outcome: 'upheld' as const, answer: '属实，撤回' };
  expect((await answerLetter(deps, viewerIn('handler', insurer), upheld)).ok).toBe(true);
  expect((await publishedScores(deps))[0]?.withdrawn).toBe(true);
  const rounds = await deps.scoped(approver, (tx) => listEvaluations(tx));
  expect(rounds).toMatchObject([{ scores: [{ withdrawn: true }] }]);
});

test('a check freezes the figures, prints them, and is replied to once by its insurer', async () => {
  const given = {
    ...november,
    insurerOrgId: insurer,
    opinion: '支付及时性有待提高',
    demands: '提交整改措施',
    replyDueOn: '2026-12-10' as Day,
  };
  expect(await makeCheck(deps, office(), { ...given, to: '2026-11-22' as Day })).toMatchObject({
    refusal: { code: 'prevention.check_span' },
  });
  expect(await makeCheck(deps, office(), { ...given, replyDueOn: '2026-11-21' as Day })).toMatchObject({
    refusal: { code: 'prevention.check_due' },
  });
  expect(await makeCheck(deps, office(), { ...given, insurerOrgId: use })).toMatchObject({
    refusal: { code: 'prevention.check_no_figures' },
  });
  const made = await makeCheck(deps, office(), given);
  invariant(made.ok, 'the insurer has figures');
  await addPayment('2026-11-12T02:00:00Z', 1);
  const read = async () => deps.scoped(office(), (tx) => findCheck(tx, made.value.checkId, deps.now()));
  const check = await read();
  invariant(check, 'it was just made');
  expect(check.figures.payments).toMatchObject({ n: 4, min: 3 }); // as it was, not as it is
  expect(linesOf(check)).toContainEqual(['最短支付时间（小时）', '3.0']);
  expect((await checkPdf(check)).subarray(0, 5).toString()).toBe('%PDF-');
  expect((await checkXlsx(check)).subarray(0, 2).toString()).toBe('PK');
  const reply = { id: check.id, version: 0, reply: '已增加夜间值守' };
  expect(await replyToCheck(deps, viewerIn('approver', use), reply)).toMatchObject({
    refusal: { code: 'prevention.check_not_found' },
  });
  expect((await replyToCheck(deps, viewerIn('approver', insurer), reply)).ok).toBe(true);
  expect(await replyToCheck(deps, viewerIn('approver', insurer), { ...reply, version: 1 })).toMatchObject({
    refusal: { code: 'prevention.check_replied' },
  });
  pass(30);
  expect(await read()).toMatchObject({ late: false, reply: '已增加夜间值守' });
});
