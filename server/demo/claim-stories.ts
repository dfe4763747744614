import { sql } from 'kysely';
import type { Kernel } from '../kernel/module.ts';
import { type Fen, fen } from '../kernel/money.ts';
import { addDays, addSeconds, addWorkingDays, type Day, dayOf, isWorkingDay, startOf } from '../kernel/time.ts';
import type { ClaimDeps } from '../modules/insurance/claim/claim.deps.ts';
import { actOn } from '../modules/insurance/claim/claim.service.ts';
import type { ClaimAct } from '../modules/insurance/claim/claim-act.rules.ts';
import { openRecovery, receiveRecovery } from '../modules/insurance/claim/claim-after.service.ts';
import { confirmPayment } from '../modules/insurance/claim/claim-bank.service.ts';
import { addParty, addSurvey, reportAccident } from '../modules/insurance/claim/claim-desk.service.ts';
import { endMediation, openMediation } from '../modules/insurance/claim/claim-mediation.service.ts';
import { orderPayment } from '../modules/insurance/claim/claim-payment.service.ts';
import type { ClaimPeople } from './claims.says.ts';
import { sure } from './insurance.says.ts';
import { residentId } from './resident-id.ts';

/** Accidents that people reported, each at another point of its way: what a handler, an approver, a broker finds on his desk. */
export async function tellStories(means: Means): Promise<void> {
  const cars = await insuredCars(means);
  for (const [i, story] of STORIES.entries()) {
    const car = cars[i];
    if (car) await story(means, { ...car, i });
  }
}

export type Means = { kernel: Kernel; depsAt: (at: Date) => ClaimDeps; people: ClaimPeople };
type Car = { elevatorId: string; lng: number; lat: number; i: number };
type Story = (means: Means, car: Car) => Promise<void>;

/** Elevators in use that were insured long enough, one a policy. */
async function insuredCars({ kernel, people }: Means): Promise<readonly Omit<Car, 'i'>[]> {
  const today = dayOf(kernel.now());
  const { rows } = await sql<Omit<Car, 'i'>>`select distinct on (p.id) l.elevator_id as "elevatorId", c.lng, c.lat
    from insurance.policy p join insurance.policy_line l on l.policy_id = p.id
      join registry.elevator_card c on c.id = l.elevator_id
    where p.state = 'issued' and p.lead_org_id = ${people.handler.orgId} and c.state = 'in_use' and c.lng is not null
      and l.from_on <= ${addDays(today, -90)} and l.to_on > ${today} order by p.id, c.no desc limit 6`.execute(
    kernel.db,
  );
  return rows;
}

/** Days of a story: the n-th working day after the accident, at an hour. */
function clockOf({ kernel, depsAt }: Means, daysAgo: number) {
  const { calendar } = depsAt(kernel.now());
  let first = addDays(dayOf(kernel.now()), -daysAgo);
  while (!isWorkingDay(first, calendar)) first = addDays(first, -1);
  const at = (day: Day, hour: number) => addSeconds(startOf(day), Math.round(hour * 3_600));
  return (n: number, hour: number): Date => at(n === 0 ? first : addWorkingDays(first, n, calendar), hour);
}

type Telling = { kind: 'injury' | 'property'; said: string; happenedAt: Date; reportedAt: Date };

async function told({ depsAt, people }: Means, { elevatorId, i }: Car, telling: Telling): Promise<string> {
  const done = await reportAccident(depsAt(telling.reportedAt), people.handler, {
    key: `demo-story-${i}`,
    elevatorId,
    code: '',
    kind: telling.kind,
    happenedAt: telling.happenedAt,
    said: telling.said,
    reporter: { name: `示例报案人${i + 1}`, phone: `10002${String(i + 1).padStart(6, '0')}` },
    channel: 'phone',
  });
  const { claimId } = sure(done);
  if (!claimId) throw new Error('An accident of the demo is covered.');
  return claimId;
}

async function surveyed({ depsAt, people }: Means, car: Car, { claimId, at, findings }: Surveying): Promise<void> {
  const { lng, lat } = car;
  sure(await addSurvey(depsAt(at), people.surveyor, { claimId, at, findings, lng, lat }));
}
type Surveying = { claimId: string; at: Date; findings: string };

async function hurt({ depsAt, people }: Means, { i }: Car, { claimId, at }: { claimId: string; at: Date }) {
  const name = `示例伤者${i + 1}`;
  const serial = String(i + 1).padStart(6, '0');
  const account = { bank: '示例银行', number: `6200000001${serial}`, holder: name };
  const party = { kind: 'victim' as const, name, idNumber: residentId(900 + i), phone: `10003${serial}`, account };
  return sure(await addParty(depsAt(at), people.handler, { claimId, party })).partyId;
}

type Doing = { claimId: string; by: keyof ClaimPeople; at: Date; act: ClaimAct };

const does = async ({ depsAt, people }: Means, { claimId, by, at, act }: Doing): Promise<void> =>
  void sure(await actOn(depsAt(at), people[by], { id: claimId, version: null, act }));

type Judging = { claimId: string; partyId: string; at: Date; medical: Fen; other: Fen };

/** What the accident will cost is set aside, and what it did cost is assessed. */
async function assessed(means: Means, { claimId, partyId, at, medical, other }: Judging): Promise<void> {
  const losses = [{ id: 'item-1', partyId, kind: 'person' as const, medical, other }];
  const amount = fen(medical + other);
  await does(means, { claimId, by: 'handler', at, act: { do: 'set_reserve', amount, reason: '示例：按票据估损' } });
  const act = { do: 'assess' as const, losses, note: '示例：按票据和误工证明核定' };
  await does(means, { claimId, by: 'handler', at: addSeconds(at, 600), act });
}

type Paying = { claimId: string; partyId: string; amount: Fen; kind: 'final' | 'interim'; at: Date; arrivesAt: Date };

async function paid({ depsAt, people }: Means, { claimId, partyId, amount, kind, at, arrivesAt }: Paying) {
  const order = { item: 'item-1', partyId, amount, kind, victimPaidProof: null };
  const key = `demo:${claimId}:${kind}`;
  const { paymentId } = sure(await orderPayment(depsAt(at), people.cashier, { claimId, order, key }));
  const word = { ...bankWord(claimId, arrivesAt, amount), bankRef: `示例赔付流水${claimId.slice(-8)}${kind}` };
  sure(await confirmPayment(depsAt(arrivesAt), people.cashier, { id: paymentId, word }));
}

const bankWord = (claimId: string, at: Date, amount: Fen) => ({
  at,
  account: '****0001',
  bankRef: `示例追偿流水${claimId.slice(-8)}`,
  amount,
  byHand: false,
  proof: null,
});

/** A fall, treated and paid within six working days, closed. */
const fallPaid: Story = async (means, car) => {
  const on = clockOf(means, 36);
  const said = '示例：平层不准，老人出轿厢时绊倒，手腕扭伤';
  const claimId = await told(means, car, { kind: 'injury', said, happenedAt: on(0, 9.4), reportedAt: on(0, 10.1) });
  const findings = '示例：轿厢与层门地坎高差 22 毫米，已通知维保单位调整';
  await surveyed(means, car, { claimId, at: on(0, 14.5), findings });
  const partyId = await hurt(means, car, { claimId, at: on(0, 15) });
  const papers = ['示例：门诊病历', '示例：医疗费票据'];
  await does(means, { claimId, by: 'handler', at: on(1, 9.5), act: { do: 'ask_papers', papers } });
  await does(means, { claimId, by: 'handler', at: on(3, 10.2), act: { do: 'receive_papers', papers } });
  await assessed(means, { claimId, partyId, at: on(4, 9.8), medical: fen(126_350), other: fen(45_000) });
  await does(means, { claimId, by: 'approver', at: on(4, 16.3), act: { do: 'decide' } });
  const amount = fen(171_350);
  await paid(means, { claimId, partyId, amount, kind: 'final', at: on(5, 10), arrivesAt: on(5, 13.4) });
  await does(means, { claimId, by: 'handler', at: on(6, 9.2), act: { do: 'close' } });
};

/** A scratched bicycle: not the elevator's doing. Refused with its letter; the broker mediates. */
const scratchRefused: Story = async (means, car) => {
  const on = clockOf(means, 22);
  const said = '示例：推电动自行车进轿厢时车身刮花，要求赔偿';
  const claimId = await told(means, car, { kind: 'property', said, happenedAt: on(0, 18.2), reportedAt: on(1, 9.3) });
  await surveyed(means, car, { claimId, at: on(1, 15), findings: '示例：监控显示关门前强行推入，层门和光幕工作正常' });
  const text = '示例：损失由强行推入造成，电梯工作正常，不属于保险责任';
  await does(means, { claimId, by: 'approver', at: on(4, 11), act: { do: 'refuse', reason: 'excluded', text } });
  await does(means, { claimId, by: 'handler', at: on(5, 9.6), act: { do: 'send_refusal', at: on(5, 9.5) } });
  const { depsAt, people } = means;
  const subject = '示例：当事人对拒赔有异议，请求调解';
  sure(await openMediation(depsAt(on(8, 14.2)), people.broker, { claimId, subject }));
};

/** A bruise last week: the papers were asked for, once, and are awaited. */
const bruiseWaits: Story = async (means, car) => {
  const on = clockOf(means, 6);
  const said = '示例：运行中急停，乘客肩部撞伤';
  const claimId = await told(means, car, { kind: 'injury', said, happenedAt: on(0, 8.1), reportedAt: on(0, 8.7) });
  await surveyed(means, car, { claimId, at: on(0, 10.5), findings: '示例：限速器误动作，已停梯检修' });
  await hurt(means, car, { claimId, at: on(0, 11) });
  const papers = ['示例：诊断证明', '示例：医疗费票据', '示例：误工证明'];
  await does(means, { claimId, by: 'handler', at: on(1, 9.4), act: { do: 'ask_papers', papers } });
};

/** A broken leg whose treatment goes on: what is certain was paid before the sixtieth day. */
const legInterim: Story = async (means, car) => {
  const on = clockOf(means, 78);
  const said = '示例：层门误开，乘客踏空致小腿骨折';
  const claimId = await told(means, car, { kind: 'injury', said, happenedAt: on(0, 7.8), reportedAt: on(0, 8.3) });
  await surveyed(means, car, { claimId, at: on(0, 11.2), findings: '示例：三角锁被非专业人员打开后未复位' });
  const partyId = await hurt(means, car, { claimId, at: on(1, 9.5) });
  await does(means, { claimId, by: 'handler', at: on(3, 10), act: { do: 'papers_complete' } });
  await assessed(means, { claimId, partyId, at: on(30, 10.4), medical: fen(3_862_040), other: fen(920_000) });
  const amount = fen(3_000_000);
  await paid(means, { claimId, partyId, amount, kind: 'interim', at: on(31, 10), arrivesAt: on(31, 14.1) });
};

/** A pinched hand, paid, and claimed back in part from who had mended the door. */
const handRecovered: Story = async (means, car) => {
  const on = clockOf(means, 50);
  const said = '示例：门扇夹伤手指';
  const claimId = await told(means, car, { kind: 'injury', said, happenedAt: on(0, 19.3), reportedAt: on(0, 19.9) });
  await surveyed(means, car, { claimId, at: on(1, 9.7), findings: '示例：光幕更换后未调试，无法触发重开门' });
  const partyId = await hurt(means, car, { claimId, at: on(1, 10.3) });
  await assessed(means, { claimId, partyId, at: on(4, 14), medical: fen(268_000), other: fen(60_000) });
  await does(means, { claimId, by: 'approver', at: on(5, 9.9), act: { do: 'decide' } });
  const amount = fen(328_000);
  await paid(means, { claimId, partyId, amount, kind: 'final', at: on(6, 10), arrivesAt: on(6, 15.6) });
  await does(means, { claimId, by: 'handler', at: on(7, 10.2), act: { do: 'close' } });
  const { depsAt, people } = means;
  const debt = { claimId, kind: 'subrogation' as const, debtor: '示例配件更换单位', amount: fen(200_000) };
  const { id } = sure(await openRecovery(depsAt(on(8, 9.5)), people.handler, debt));
  const subject = '示例：追偿比例有争议';
  const mediation = sure(await openMediation(depsAt(on(12, 10)), people.broker, { claimId, subject }));
  const outcome = '示例：双方同意分两次支付';
  sure(await endMediation(depsAt(on(16, 15)), people.broker, { claimId, id: mediation.id, outcome }));
  const word = bankWord(claimId, on(18, 11.3), fen(120_000));
  sure(await receiveRecovery(depsAt(on(18, 16)), people.cashier, { claimId, id, word }));
};

/** Told this morning or last evening: nobody has looked at it yet. */
const parcelNew: Story = async (means, car) => {
  const now = means.kernel.now();
  const said = '示例：轿厢漏水，快递包裹浸湿';
  const happenedAt = addSeconds(now, -14 * 3_600);
  await told(means, car, { kind: 'property', said, happenedAt, reportedAt: addSeconds(now, -13 * 3_600) });
};

const STORIES: readonly Story[] = [fallPaid, scratchRefused, bruiseWaits, legInterim, handRecovered, parcelNew];
