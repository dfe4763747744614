import { sql } from 'kysely';
import { type ElevatorId, newId } from '../../kernel/ids.ts';
import { fen } from '../../kernel/money.ts';
import { addDays } from '../../kernel/time.ts';
import { command } from '../rescue/command.service.ts';
import { takeSign } from '../rescue/intake.service.ts';
import { call } from '../rescue/rescue.fixtures.ts';
import { actOn } from './claim/claim.service.ts';
import { findClaim } from './claim/claim.store.ts';
import type { ClaimAct } from './claim/claim-act.rules.ts';
import { confirmPayment, returnPayment } from './claim/claim-bank.service.ts';
import { addParty } from './claim/claim-desk.service.ts';
import { orderPayment, releasePayments } from './claim/claim-payment.service.ts';
import { fillDraft } from './claim/claimant.service.ts';
import { draftsOf } from './claim/entrapment.store.ts';
import {
  ACCOUNT,
  after,
  at,
  bankLine,
  type Diary,
  type Fleet,
  lead,
  must,
  type OnPolicy,
  type YearCity,
} from './year.fixtures.ts';

/** By the default city's table: trapped for more than two hours, at most 200 yuan a person. */
const PER_HEAD = 20_000;

type Happening = OnPolicy & { fleet: Fleet; no: number };

/** People are trapped: paid by rule, by hand, or too short to be paid at all. Every third policy has a peaceful month. */
export async function accidents(
  city: YearCity,
  diary: Diary,
  { policyId, fleet, no, first }: Happening,
): Promise<void> {
  const [one, two] = fleet.elevators;
  if (!one || !two || no % 3 === 2) return;
  at(city, addDays(first, 20), 13);
  const people = 1 + (no % 3);
  const claimId = await letOut(city, one.id, { people, minutes: 180, injuries: false });
  await fillAndPay(city, diary, { claimId, people });
  at(city, addDays(first, 21), 13);
  const short = await letOut(city, one.id, { people: 1, minutes: 120, injuries: false });
  if (short) throw new Error(`two hours are not more than two hours: ${policyId}`);
  if (no % 4 !== 0) return;
  at(city, addDays(first, 22), 13);
  const hurt = await letOut(city, two.id, { people: 1, minutes: 30, injuries: true });
  await payByHand(city, diary, { claimId: hurt, amount: 123_456 + no, comesBack: no % 8 === 0 });
}

type Trapped = { people: number; minutes: number; injuries: boolean };

/** A call, a rescue and a release in the rescue module; the claim that insurance drafted when it heard, or none. */
async function letOut(city: YearCity, elevator: ElevatorId, { people, minutes, injuries }: Trapped): Promise<string> {
  const { rescue } = city;
  const sign = call(elevator, rescue.now(), { needs: { people, injuries } });
  const taken = await rescue.db.transaction().execute((tx) => takeSign(tx, rescue, sign));
  if (!taken) throw new Error('the elevator has a file');
  after(city, minutes * 60);
  const release = { do: 'report_release' as const, crewId: null, people, happenedAt: null };
  must(await command(rescue, taken.id, { command: release, actor: 'year' }));
  must(await command(rescue, taken.id, { command: { do: 'close' }, actor: 'year' }));
  await city.relay();
  const { rows } = await sql<{ claim_id: string }>`select claim_id from insurance.claim_report
    where key = ${`release:${taken.id}`} and claim_id is not null`.execute(city.deps.db);
  return rows[0]?.claim_id ?? '';
}

/** Everybody who was inside says who he is; the rule decides, a second person lets go, the bank confirms. */
async function fillAndPay(city: YearCity, diary: Diary, { claimId, people }: { claimId: string; people: number }) {
  const { deps } = city;
  const drafts = await draftsOf(deps.db, [claimId]);
  if (drafts.length !== people) throw new Error(`claim ${claimId} has ${drafts.length} heads, not ${people}`);
  for (const draft of drafts) {
    const digits = String(Math.floor(Math.random() * 1e8)).padStart(8, '0');
    const account = { bank: '示例银行', number: `6222${digits}0000`, holder: `示例人${draft.head}` };
    const claimant = {
      name: account.holder,
      idKind: 'other' as const,
      idNumber: `E${digits}`,
      phone: `100${digits}`,
      account,
    };
    must(await fillDraft(deps, { draftId: draft.id, claimant }));
  }
  const waiting = await paymentsOf(city, claimId);
  const done = await releasePayments(
    deps,
    lead(city, 'cashier'),
    waiting.map((p) => p.id),
  );
  if (done.refused.length > 0) throw new Error(JSON.stringify(done.refused));
  for (const payment of waiting) await confirm(city, diary, payment);
  diary.claims.set(claimId, people * PER_HEAD);
}

const paymentsOf = (city: YearCity, claimId: string) =>
  city.deps.db
    .selectFrom('insurance.claim_payment')
    .select(['id', 'amount'])
    .where('claim_id', '=', claimId)
    .where('state', 'in', ['proposed', 'ordered'])
    .execute();

type Payment = { id: string; amount: number };

async function confirm(city: YearCity, diary: Diary, { id, amount }: Payment): Promise<void> {
  after(city, 60);
  const line = await bankLine(city, diary, -amount);
  const word = { at: line.at, account: ACCOUNT, bankRef: line.ref, amount: fen(amount), byHand: false, proof: null };
  must(await confirmPayment(city.deps, lead(city, 'cashier'), { id, word }));
}

type ByHand = { claimId: string; amount: number; comesBack: boolean };

/** One assesses, another decides, a third pays; now and then the bank gives it back and it is paid once more. */
async function payByHand(city: YearCity, diary: Diary, { claimId, amount, comesBack }: ByHand): Promise<void> {
  const { deps } = city;
  const account = { bank: '示例银行', number: '62220000999900001', holder: '示例伤者' };
  const party = { kind: 'victim' as const, name: '示例伤者', idNumber: null, phone: null, account };
  const { partyId } = must(await addParty(deps, lead(city, 'handler'), { claimId, party }));
  const act = async (role: string, given: ClaimAct) =>
    must(await actOn(deps, lead(city, role), { id: claimId, version: null, act: given }));
  const loss = { id: 'a', partyId, kind: 'person' as const, medical: fen(amount), other: fen(0) };
  await act('handler', { do: 'assess', losses: [loss], note: '' });
  await act('handler', { do: 'set_reserve', amount: fen(amount), reason: '初估' });
  await act('approver', { do: 'decide' });
  const order = async (key: string): Promise<Payment> => {
    const wish = { item: 'a', partyId, amount: fen(amount), kind: 'final' as const, victimPaidProof: null };
    const { paymentId } = must(await orderPayment(deps, lead(city, 'cashier'), { claimId, order: wish, key }));
    return { id: paymentId, amount };
  };
  const payment = await order(newId());
  await confirm(city, diary, payment);
  if (comesBack) {
    after(city, 3_600);
    const line = await bankLine(city, diary, amount);
    const word = { at: line.at, account: ACCOUNT, bankRef: line.ref, amount: fen(amount), byHand: false, proof: null };
    must(await returnPayment(deps, lead(city, 'cashier'), { id: payment.id, word, reason: '账号已注销' }));
    await confirm(city, diary, await order(newId()));
  }
  await act('handler', { do: 'close' });
  const claim = await deps.db.transaction().execute((tx) => findClaim(tx, claimId));
  if (claim?.phase !== 'closed') throw new Error(`claim ${claimId} stays ${claim?.phase}`);
  diary.claims.set(claimId, amount);
}
