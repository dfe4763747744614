import { writeXlsx } from 'hucre/xlsx';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from '../../kernel/ids.ts';
import { openPolicyHouse, type PolicyHouse, text } from './insurance.fixtures.ts';

let house: PolicyHouse;
const at = (local: string) => new Date(`${local}+08:00`);

beforeEach(async () => {
  house = await openPolicyHouse(at('2026-06-20T10:00:00'));
});

const decide = (id: unknown, decision = 'accept') =>
  house.ask('POST', `/endorsements/${text(id)}/decision`, { as: 'underwriter', payload: { decision } });
const refused = (status: number, code: string) => ({ status, body: { code: `insurance.${code}` } });

test('from the mandate to the renewed policy: the maintenance unit takes out cover for its use unit', async () => {
  const [one, two, three] = [await house.elevator(), await house.elevator(), await house.elevator()];
  // Nobody acts for a use unit without its word, and it gives its word only to who maintains its elevators.
  expect(await house.quote([one.id], {}, { as: 'maintenance' })).toMatchObject(refused(403, 'no_mandate'));
  expect(await house.giveMandate({ agentOrgId: house.insurer })).toMatchObject(refused(409, 'not_a_partner'));
  expect(await house.giveMandate()).toMatchObject({ status: 201 });
  expect(await house.giveMandate({ from: '2028-12-31' })).toMatchObject(refused(409, 'mandate_overlaps'));
  expect((await house.ask('GET', '/mandates', { as: 'maintenance' })).body).toMatchObject({
    items: [{ giver: '示例物业', agent: '示例维保', mine: 'agent', inForce: true, contractRef: '维保合同 2026-1' }],
  });

  // The roster names its one bad row and loses no good one, as a spreadsheet and as text.
  const table = [['救援识别码'], [one.code], ['999999'], [two.code]];
  const xlsx = Buffer.from(await writeXlsx({ sheets: [{ name: '清单', rows: table }] }));
  const looked = {
    rows: 3,
    taken: 2,
    faults: [{ row: 3, code: '999999', refusal: { code: 'insurance.roster_unknown' } }],
    groups: [{ holder: '示例物业', elevators: 2, rated: 2, refused: 0, total: 20_460, coveredAlready: 0 }],
  };
  for (const file of [xlsx, table.map((row) => row.join(',')).join('\n')]) {
    expect(await house.roster(file, '&dry=1')).toMatchObject({ status: 200, body: { ...looked, dry: true } });
  }
  expect((await house.ask('GET', '/quotes', { as: 'maintenance' })).body).toMatchObject({ items: [] }); // dry kept nothing
  const key = newId();
  const sent = await house.roster(xlsx, '&dry=0', { key });
  expect(sent).toMatchObject({ status: 200, body: { ...looked, dry: false } });
  expect((await house.roster(xlsx, '&dry=0', { key })).body).toEqual(sent.body);
  expect(await house.roster(`救援识别码\n${one.code}`, '&dry=0', { key })).toMatchObject(refused(409, 'key_used'));
  const [{ quoteId }] = z.tuple([z.looseObject({ quoteId: z.uuid() })]).parse(sent.body['groups']);

  // W1 to the fen, with its working.
  expect((await house.ask('GET', `/quotes/${quoteId}`, { as: 'maintenance' })).body).toMatchObject({
    state: 'offered',
    filingNo: '测试备案1号',
    from: '2026-07-01',
    to: '2027-06-30',
    total: 20_460,
    lines: [one, two].map(() => ({
      total: 10_230,
      base: 9_300,
      parts: [
        { payer: 'owner', amount: 2_790 },
        { payer: 'maintenance', amount: 2_790 },
        { payer: 'inspection', amount: 4_650 },
      ],
      working: expect.arrayContaining([
        expect.objectContaining({ factorId: 'stars', key: '2', factor: '1.10', source: '星级通报一' }),
      ]),
    })),
  });

  // The number is the insurer's own: none allotted, none bound.
  const bind = () => house.bind(quoteId, { number: null }, { as: 'maintenance' });
  expect(await bind()).toMatchObject(refused(409, 'number_missing'));
  const run = { prefix: 'WX2026-', first: 1, count: 20, digits: 4 };
  expect(await house.ask('POST', '/policy-numbers', { as: 'underwriter', payload: run })).toMatchObject({
    body: { added: 20, known: [] },
  });
  const bound = await bind();
  expect(bound).toMatchObject({ status: 201 });
  const id = text(bound.body['policyId']);
  expect(await house.policy(id, 'other_underwriter')).toMatchObject({
    number: 'WX2026-0001',
    state: 'awaiting_cash',
    agent: '示例维保',
    members: [
      { name: '示例财险甲', shareBp: 6_000 },
      { name: '示例财险乙', shareBp: 4_000 },
    ],
  });

  // Issued only after the money of everybody but the public purse is with the lead insurer.
  expect(await house.issue(id)).toMatchObject({ status: 409, body: { code: 'insurance.cash_missing', due: 11_160 } });
  expect(await house.pay(id, { owner: 5_580 })).toMatchObject({ status: 201, body: { suspense: 0 } });
  expect(await house.issue(id)).toMatchObject(refused(409, 'cash_missing'));
  expect(await house.pay(id, { maintenance: 5_581 })).toMatchObject(refused(409, 'payer_overpaid'));
  expect(await house.pay(id, { maintenance: 5_580 })).toMatchObject({ status: 201 });
  expect(await house.issue(id, { as: 'maintenance' })).toMatchObject({ status: 403 });
  expect(await house.issue(id)).toMatchObject({ status: 200 });
  expect(await house.policy(id)).toMatchObject({ state: 'issued', premium: 20_460, documents: [{}, {}] });
  // Whoever pays sees that his money is there, though the books are the insurer's.
  const shown = await house.ask('GET', `/policies/${id}`, { as: 'maintenance' });
  expect(shown.body['owed']).toEqual(
    expect.arrayContaining([expect.objectContaining({ payer: 'maintenance', amount: 5_580, arrived: 5_580 })]),
  );

  // W4: an elevator joins from 2026-11-20 for 62.50; first seen, then asked, then paid.
  house.setNow(at('2026-11-10T10:00:00'));
  const add = { ask: { kind: 'add', on: '2026-11-20', elevatorIds: [three.id] }, note: '新增一台' };
  const seen = await house.endorse(id, { ...add, dry: true }, 'maintenance');
  expect(seen).toMatchObject({ status: 200, body: { id: null, state: 'dry', delta: 6_250, premium: 26_710 } });
  expect(await house.policy(id)).toMatchObject({ premium: 20_460, elevators: 2, endorsements: [] });
  const asked = await house.endorse(id, add, 'maintenance');
  expect(asked).toMatchObject({ body: { state: 'asked', no: 1, delta: 6_250 } });
  expect(await decide(asked.body['id'])).toMatchObject({ status: 200, body: { state: 'awaiting_cash' } });
  const issueAdd = () => house.ask('POST', `/endorsements/${text(asked.body['id'])}/issue`, { as: 'underwriter' });
  expect(await issueAdd()).toMatchObject(refused(409, 'cash_missing'));
  await house.pay(id, { owner: 1_705, maintenance: 1_704 });
  expect(await issueAdd()).toMatchObject({ status: 200, body: { state: 'issued', premium: 26_710 } });

  // One leaves at the end of the year: 184 of 365 days of 102.30 stay.
  const remove = { ask: { kind: 'remove', on: '2027-01-01', elevatorIds: [two.id] } };
  const left = await house.endorse(id, remove, 'maintenance');
  expect(left).toMatchObject({ body: { state: 'asked', no: 2, delta: -5_073 } });
  expect(await decide(left.body['id'])).toMatchObject({ body: { state: 'issued', premium: 21_637 } });
  expect(await house.endorse(id, remove)).toMatchObject(refused(409, 'not_covered'));

  // Cancelled after 274 of 365 days and reinstated: every fen as before.
  house.setNow(at('2027-03-01T10:00:00'));
  const cancel = { ask: { kind: 'cancel', lastOn: '2027-03-31', reason: 'by_policyholder' } };
  expect(await house.endorse(id, cancel)).toMatchObject({
    body: { state: 'issued', no: 3, delta: -5_100, premium: 16_537 },
  });
  expect(await house.policy(id)).toMatchObject({ state: 'cancelled', endedOn: '2027-03-31', premium: 16_537 });
  expect(await house.endorse(id, cancel)).toMatchObject(refused(409, 'policy_state'));
  expect((await house.ask('POST', `/policies/${id}/renewal`, { as: 'maintenance' })).body).toMatchObject({
    code: 'insurance.not_renewable',
  });
  const back = await house.endorse(id, { ask: { kind: 'reinstate' } });
  expect(back).toMatchObject({ status: 200, body: { state: 'awaiting_cash', no: 4, delta: 5_100, premium: 21_637 } });
  // The refund was never paid out, so the money is still there.
  const reinstated = await house.ask('POST', `/endorsements/${text(back.body['id'])}/issue`, { as: 'underwriter' });
  expect(reinstated).toMatchObject({ status: 200, body: { state: 'issued', premium: 21_637 } });
  expect(await house.policy(id)).toMatchObject({ state: 'issued', premium: 21_637 });
  const books = await house.ask('GET', '/balances', { as: 'cashier' });
  expect(books).toMatchObject({ status: 200, body: { sum: 0 } });

  // Renewed from the day after its last, neither earlier than the product allows nor twice.
  const renew = () => house.ask('POST', `/policies/${id}/renewal`, { as: 'maintenance' });
  house.setNow(at('2027-04-30T23:59:59'));
  expect(await renew()).toMatchObject({ status: 409, body: { code: 'insurance.renewal_too_early' } });
  house.setNow(at('2027-05-01T00:00:00'));
  const next = await renew();
  expect(next).toMatchObject({
    status: 201,
    body: { from: '2027-07-01', gapDays: 0, elevators: 2, refused: 0, total: 20_460 },
  });
  expect(await renew()).toMatchObject(refused(409, 'renewal_exists'));
  const successor = await house.bind(next.body['quoteId'], { number: null }, { as: 'maintenance' });
  expect(successor).toMatchObject({ status: 201 }); // no double cover: the days touch and do not overlap
  expect(await house.policy(successor.body['policyId'])).toMatchObject({
    number: 'WX2026-0002',
    renewedFrom: id,
    from: '2027-07-01',
    to: '2028-06-30',
  });
});

test('W1 sixty times is offered at once; the sixty-first elevator needs two underwriters, and one person is not two', async () => {
  const ids = await Promise.all(Array.from({ length: 61 }, async () => (await house.elevator()).id));
  const sixty = await house.quote(ids.slice(1));
  expect(sixty).toMatchObject({ status: 201, body: { state: 'offered', elevators: 60, total: 613_800 } });
  const bound = await house.bind(sixty.body['quoteId']);
  expect(await house.policy(bound.body['policyId'])).toMatchObject({
    owed: expect.arrayContaining([
      expect.objectContaining({ payer: 'owner', amount: 167_400 }),
      expect.objectContaining({ payer: 'maintenance', amount: 167_400 }),
      expect.objectContaining({ payer: 'inspection', amount: 279_000 }),
    ]),
  });
  const more = await house.quote(ids);
  expect(more).toMatchObject({ status: 201, body: { state: 'referred', elevators: 61, total: 624_030 } });
  const quoteId = text(more.body['quoteId']);
  const disclosed = { doubleCoverDisclosed: true };
  expect(await house.bind(quoteId, disclosed)).toMatchObject(refused(409, 'quote_not_offered'));
  const say = (as: string, decision = 'release') =>
    house.ask('POST', `/quotes/${quoteId}/referral`, { as, payload: { decision, note: '已核对' } });
  expect(await say('use_unit')).toMatchObject({ status: 403 });
  expect(await say('other_underwriter')).toMatchObject(refused(404, 'quote_not_found')); // a follower does not lead
  expect(await say('underwriter')).toMatchObject({ status: 200, body: { state: 'referred', needs: 1 } });
  expect(await say('underwriter')).toMatchObject(refused(409, 'same_person'));
  expect(await house.bind(quoteId, disclosed)).toMatchObject(refused(409, 'quote_not_offered'));
  expect(await say('underwriter2')).toMatchObject({ status: 200, body: { state: 'released', needs: 0 } });
  expect(await say('underwriter2')).toMatchObject(refused(409, 'not_referred'));
  expect(await house.bind(quoteId, disclosed)).toMatchObject({ status: 201 });
});

test('W2: an escalator of a mall in its seventeenth year, to the fen and by payer', async () => {
  const { id } = await house.elevator({ placeClass: 'mall', inUseOn: '2010-01-01' });
  await sql`update registry.elevator set kind = 'escalator', variety = 'escalator' where id = ${id}`.execute(house.db);
  const made = await house.quote([id]);
  expect(made).toMatchObject({ status: 201, body: { total: 16_302 } });
  expect((await house.ask('GET', `/quotes/${text(made.body['quoteId'])}`, { as: 'use_unit' })).body).toMatchObject({
    lines: [
      {
        base: 9_500,
        parts: [
          { payer: 'owner', amount: 11_552 },
          { payer: 'maintenance', amount: 3_800 },
          { payer: 'inspection', amount: 950 },
        ],
      },
    ],
  });
});

test('the days of the law: a leap year has 366, and who leaves before the start pays the contract’s fee', async () => {
  house.setNow(at('2027-06-20T10:00:00'));
  const { id } = await house.elevator();
  const leap = await house.inForce([id], '2027-07-01');
  const early = await house.inForce([(await house.elevator()).id], '2027-07-01');
  const before = { ask: { kind: 'cancel', lastOn: '2027-07-01', reason: 'before_start' } };
  expect(await house.endorse(early, before)).toMatchObject({ body: { premium: 512, delta: -9_718 } }); // 5% of 102.30
  house.setNow(at('2028-02-01T10:00:00'));
  expect(await house.endorse(leap, before)).toMatchObject(refused(409, 'cancel_not_before_start'));
  const gone = { ask: { kind: 'cancel', lastOn: '2028-01-31', reason: 'by_policyholder' } };
  expect(await house.endorse(leap, gone)).toMatchObject(refused(400, 'endorsement_in_the_past'));
  const cancel = { ask: { kind: 'cancel', lastOn: '2028-02-29', reason: 'by_policyholder' } };
  expect(await house.endorse(leap, cancel)).toMatchObject({ body: { premium: 6_820, delta: -3_410 } }); // 244 of 366
  // Each is given back of what he paid; the public purse had not paid yet and is given nothing.
  const payables = (await house.ask('GET', '/payables', { as: 'cashier' })).body;
  const { items } = z
    .object({ items: z.array(z.looseObject({ policyId: z.uuid(), party: z.string() })) })
    .parse(payables);
  const owed = items.filter((i) => i.policyId === leap).toSorted((a, b) => a.party.localeCompare(b.party)); // of one instant
  expect(owed).toMatchObject([
    { account: 'premium_refundable', party: 'maintenance', owed: 930 },
    { account: 'premium_refundable', party: 'owner', owed: 930 },
  ]);
  // It covers to 24:00 of 29 February: before that other cover is double, from 1 March on it is not.
  const another = async (from: string) => house.bind((await house.quote([id], { from })).body['quoteId']);
  expect(await another('2028-02-29')).toMatchObject(refused(409, 'double_cover'));
  expect(await another('2028-03-01')).toMatchObject({ status: 201 });
});

test('W16: a third star gives 6.96 back to the owner; the policy passes to another holder, who redeems what is left', async () => {
  const policyId = await house.inForce([(await house.elevator()).id]);
  house.setNow(at('2026-12-01T10:00:00'));
  await sql`insert into insurance.evidence (id, subject_kind, subject_id, kind, key, source, as_of_on, recorded_by, area_codes, org_ids)
    values (${newId()}, 'org', ${house.maintenance}, 'stars', '3', '星级通报二', '2026-10-01', 'test', '{}', '{}')`.execute(
    house.db,
  );
  const change = { ask: { kind: 'change', on: '2026-10-01', elevatorIds: null } };
  expect(await house.endorse(policyId, change)).toMatchObject({
    body: { state: 'issued', delta: -696, owed: [{ payer: 'owner', amount: -696 }], premium: 9_534 },
  });
  const passOn = (toOrgId: string) => ({
    ask: { kind: 'takeover', on: '2026-12-02', toOrgId, reasonCode: 'USER_CHANGED' },
  });
  expect(await house.endorse(policyId, passOn(house.useUnit))).toMatchObject(refused(409, 'same_holder'));
  expect(await house.endorse(policyId, passOn(house.broker))).toMatchObject({ body: { state: 'issued', delta: 0 } });
  expect(await house.policy(policyId)).toMatchObject({ holder: '示例经纪', premium: 9_534 });
  const redeem = { kind: 'cancel', lastOn: '2026-12-31', reason: 'redeemed', reasonCode: 'OWNER_REQUEST' };
  // 102.30 for 184 of 365 days, less 9.30 for the 92 days since October.
  expect(await house.endorse(policyId, { ask: redeem })).toMatchObject({ body: { state: 'issued', premium: 4_923 } });
  expect(await house.policy(policyId)).toMatchObject({ state: 'cancelled', endReason: 'redeemed' });
});

test('a policy issued elsewhere counts for double cover, whoever binds, until its insurer disowns it', async () => {
  const { id, code } = await house.elevator();
  await house.giveMandate();
  const record = (number: string, as: string) =>
    house.ask('POST', '/policies/elsewhere', {
      as,
      payload: {
        insurerOrgId: house.other,
        number,
        kind: 'liability',
        from: '2026-01-01',
        to: '2026-12-31',
        premium: 10_000,
        codes: [code, '999999'],
      },
    });
  const first = await record('W-1', 'use_unit');
  expect(first).toMatchObject({ status: 201, body: { elevators: 1, faults: [{ code: '999999' }] } });
  expect(await record('W-1', 'use_unit')).toMatchObject(refused(409, 'number_taken'));
  const cover = async () => (await house.ask('GET', `/elevators/${id}/cover`, { as: 'use_unit' })).body;
  expect(await cover()).toMatchObject({
    items: [{ number: 'W-1', elsewhere: true, confirmed: false, inForce: true, lead: '示例财险乙' }],
  });
  expect((await house.roster(`救援识别码\n${code}`, '&dry=1')).body).toMatchObject({ groups: [{ coveredAlready: 1 }] });
  for (const as of ['use_unit', 'maintenance']) {
    const { quoteId } = (await house.quote([id], {}, { as })).body;
    expect(await house.bind(quoteId, {}, { as }), as).toMatchObject({
      status: 409,
      body: { code: 'insurance.double_cover', elevators: 1, number: 'W-1' },
    });
  }
  const confirm = (policyId: unknown, confirmed: boolean, as = 'other_underwriter') =>
    house.ask('POST', `/policies/${text(policyId)}/confirmation`, { as, payload: { confirmed } });
  const policyId = first.body['policyId'];
  expect(await confirm(policyId, true, 'underwriter')).toMatchObject(refused(404, 'policy_not_found'));
  expect(await confirm(policyId, true)).toMatchObject({ status: 204 });
  expect(await confirm(policyId, false)).toMatchObject(refused(409, 'confirmed_before'));
  expect(await cover()).toMatchObject({ items: [{ confirmed: true, inForce: true }] });
  const add = { ask: { kind: 'remove', on: '2026-08-01', elevatorIds: [id] } };
  expect(await house.endorse(policyId, add, 'use_unit')).toMatchObject(refused(409, 'issued_elsewhere'));
  const { quoteId } = (await house.quote([id])).body;
  expect(await house.bind(quoteId, { doubleCoverDisclosed: true })).toMatchObject({ status: 201 });

  const disowned = await house.elevator();
  const wrong = await house.ask('POST', '/policies/elsewhere', {
    as: 'maintenance',
    payload: {
      insurerOrgId: house.other,
      number: 'W-2',
      kind: 'liability',
      from: '2026-01-01',
      to: '2026-12-31',
      premium: 0,
      codes: [disowned.code],
    },
  });
  expect(wrong).toMatchObject({ status: 201, body: { elevators: 1 } });
  expect(await confirm(wrong.body['policyId'], false)).toMatchObject({ status: 204 });
  const free = (await house.quote([disowned.id])).body['quoteId'];
  expect(await house.bind(free)).toMatchObject({ status: 201 });
});

test('an act sent twice with its key happens once; the same key with another body is refused', async () => {
  const { id } = await house.elevator();
  const [key, again, third] = [newId(), newId(), newId()];
  const quoted = await house.quote([id], {}, { key });
  expect((await house.quote([id], {}, { key })).body).toEqual(quoted.body);
  expect(await house.quote([id], { from: '2026-07-02' }, { key })).toMatchObject(refused(409, 'key_used'));
  const number = 'K-1';
  const bound = await house.bind(quoted.body['quoteId'], { number }, { key: again });
  expect(bound).toMatchObject({ status: 201 });
  expect(await house.bind(quoted.body['quoteId'], { number }, { key: again })).toEqual(bound);
  const other = house.bind(quoted.body['quoteId'], { number: 'K-2' }, { key: again });
  expect(await other).toMatchObject(refused(409, 'key_used'));
  const policyId = bound.body['policyId'];
  expect(await house.issue(policyId, { key: third })).toMatchObject(refused(409, 'cash_missing')); // a refusal is not kept
  await house.pay(policyId, { owner: 2_790, maintenance: 2_790 });
  const issued = await house.issue(policyId, { key: third });
  expect(issued).toMatchObject({ status: 200 });
  expect(await house.issue(policyId, { key: third })).toEqual(issued);
  expect(await house.issue(policyId)).toMatchObject(refused(409, 'policy_state'));
  const elsewhere = (await house.bind((await house.quote([(await house.elevator()).id])).body['quoteId'])).body;
  expect(await house.issue(elsewhere['policyId'], { key: third })).toMatchObject(refused(409, 'key_used'));
  const counted = await sql<{ quotes: number; policies: number; written: number }>`
    select (select count(*)::int from insurance.quote) as quotes, (select count(*)::int from insurance.policy) as policies,
      (select count(*)::int from insurance.entry where kind = 'premium_written') as written`.execute(house.db);
  expect(counted.rows).toEqual([{ quotes: 2, policies: 2, written: 1 }]);
});

test('cover begins at 00:00:00 of its first day: 23:59:59 the day before is the last moment to quote, to pay and to be without', async () => {
  const [ids, late] = [[(await house.elevator()).id], [(await house.elevator()).id]];
  const policyOn = async (elevators: readonly string[]) =>
    (await house.bind((await house.quote(elevators)).body['quoteId'])).body['policyId'];
  const [timely, tardy] = [await policyOn(ids), await policyOn(late)];
  const waiting = (await house.quote([(await house.elevator()).id])).body['quoteId'];
  const waitingToo = (await house.quote([(await house.elevator()).id])).body['quoteId'];
  const [last, first] = [at('2026-06-30T23:59:59'), at('2026-07-01T00:00:00')];
  const parts = { owner: 2_790, maintenance: 2_790 };
  const inForce = async () => (await house.ask('GET', `/elevators/${ids[0]}/cover`, { as: 'use_unit' })).body;

  house.setNow(last);
  await house.pay(timely, parts, last);
  expect(await house.issue(timely)).toMatchObject({ status: 200 });
  expect(await inForce()).toMatchObject({ items: [{ from: '2026-07-01', inForce: false }] });
  expect(await house.quote([(await house.elevator()).id])).toMatchObject({ status: 201 });
  expect(await house.bind(waiting)).toMatchObject({ status: 201 });

  house.setNow(first);
  expect(await inForce()).toMatchObject({ items: [{ from: '2026-07-01', inForce: true }] });
  await house.pay(tardy, parts, first);
  expect(await house.issue(tardy)).toMatchObject({
    status: 409,
    body: { code: 'insurance.cash_after_start', arrivedOn: '2026-07-01', earliest: '2026-07-02' },
  });
  expect(await house.quote([(await house.elevator()).id])).toMatchObject({
    status: 400,
    body: { code: 'insurance.starts_in_the_past', earliest: '2026-07-02' },
  });
  expect(await house.bind(waitingToo)).toMatchObject(refused(409, 'quote_expired'));
});
