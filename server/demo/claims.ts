import { sql } from 'kysely';
import type { AccountId, OrgId } from '../kernel/ids.ts';
import type { Kernel } from '../kernel/module.ts';
import { fen } from '../kernel/money.ts';
import { plainOf } from '../kernel/packs.ts';
import { scopedOn, type Viewer } from '../kernel/scope.ts';
import { secretData } from '../kernel/secret-data.ts';
import { calendarOf } from '../modules/identity/index.ts';
import { type ClaimDeps, statutoryClocks } from '../modules/insurance/claim/claim.deps.ts';
import { confirmPayment } from '../modules/insurance/claim/claim-bank.service.ts';
import { releasePayments } from '../modules/insurance/claim/claim-payment.service.ts';
import { fillDraft } from '../modules/insurance/claim/claimant.service.ts';
import { approveRule, setAuthority } from '../modules/insurance/claim/clean-rule.service.ts';
import type { InsuranceTables } from '../modules/insurance/tables.ts';
import type { CityPack } from '../packs.ts';
import { residentId } from './resident-id.ts';

/** How much the invented insurer lets its people decide, and its rule for entrapments. */
const AUTHORITY = { handler: 500_000, approver: 50_000_000 } as const;
const CLEAN = { mostPerHead: fen(50_000), mostHeads: 20 };
const WAIT_MS = 1_000;
const MOST_WAITS = 120;

/**
 * The demo's rescues draft their claims by themselves. This lets the invented insurer work on them as its people would:
 * authority set, the clean rule approved, most of the invented people fill in, and most payments arrive at the bank.
 * What is left waits for the visitor. Does nothing where claims were worked on before.
 */
export async function seedClaims(kernel: Kernel, pack: CityPack, goOn: () => boolean): Promise<number> {
  const people = await insurerPeople(kernel);
  const deps = depsOf(kernel, pack);
  const worked = await deps.db.selectFrom('insurance.clean_rule').select('id').executeTakeFirst();
  if (!people || worked) return 0;
  for (const role of ['handler', 'approver'] as const)
    await setAuthority(deps, people.underwriter, { role, amount: AUTHORITY[role] });
  await approveRule(deps, people.approver, CLEAN);
  await untilHeard(kernel, goOn);
  const filled = await fillIn(deps, goOn);
  await payMost(deps, people.cashier);
  return filled;
}

type People = Readonly<Record<'underwriter' | 'approver' | 'cashier', Viewer>>;

/** The accounts a visitor signs in with: what they did stands under their names. */
async function insurerPeople({ db }: Kernel): Promise<People | undefined> {
  const { rows } = await sql<{ id: AccountId; org: OrgId; role: string }>`
    select distinct on (a.role) a.id, a.org_id as org, a.role from identity.account a
    where a.demo and a.role in ('underwriter', 'approver', 'cashier') order by a.role, a.username`.execute(db);
  const of = (role: string): Viewer | undefined => {
    const row = rows.find((r) => r.role === role);
    return (
      row && {
        accountId: row.id,
        personId: null,
        orgId: row.org,
        role,
        displayName: '',
        scope: { all: false, areas: [], orgs: [row.org] },
        grants: [],
      }
    );
  };
  const [underwriter, approver, cashier] = [of('underwriter'), of('approver'), of('cashier')];
  return underwriter && approver && cashier ? { underwriter, approver, cashier } : undefined;
}

function depsOf({ db, now, newId, keys, config }: Kernel, { files }: CityPack): ClaimDeps {
  const tables = db.withTables<InsuranceTables>();
  return {
    db: tables,
    scoped: scopedOn(tables),
    now,
    newId,
    sharesCommission: true,
    subsidisedPayers: () => [],
    secret: secretData(keys, config.cipher),
    calendar: calendarOf(files.calendar),
    clocks: statutoryClocks(plainOf(files.insurance)),
  };
}

/** Every release of the weeks behind has been heard: their claims are drafted. */
async function untilHeard({ db }: Kernel, goOn: () => boolean): Promise<void> {
  for (let n = 0; n < MOST_WAITS && goOn(); n += 1) {
    const { rows } = await sql<{ left: number }>`select count(*)::int as left from kernel.outbox
      where type = 'rescue.people_released' and sent_at is null`.execute(db);
    if (rows[0]?.left === 0) return;
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}

/** Three of four people fill in, each with an invented name, number, phone and account. */
async function fillIn(deps: ClaimDeps, goOn: () => boolean): Promise<number> {
  const drafts = await deps.db
    .selectFrom('insurance.entrapment_draft')
    .select('id')
    .where('state', '=', 'waiting')
    .orderBy('made_at')
    .orderBy('head')
    .execute();
  let filled = 0;
  for (const [i, { id }] of drafts.entries()) {
    if (!goOn() || i % 4 === 3) continue;
    const serial = String(i + 1).padStart(6, '0');
    const name = `示例乘客${i + 1}`;
    const done = await fillDraft(deps, {
      draftId: id,
      claimant: {
        name,
        idKind: 'resident',
        idNumber: residentId(i),
        phone: `10001${serial}`,
        account: { bank: '示例银行', number: `6200000000${serial}`, holder: name },
      },
    });
    if (done.ok) filled += 1;
  }
  return filled;
}

/** The cashier lets most of them go, and the bank says that most of those arrived. */
async function payMost(deps: ClaimDeps, cashier: Viewer): Promise<void> {
  const proposed = await deps.db
    .selectFrom('insurance.claim_payment')
    .select(['id', 'amount'])
    .where('state', '=', 'proposed')
    .orderBy('proposed_at')
    .execute();
  const chosen = proposed.filter((_, i) => i % 5 !== 4);
  await releasePayments(
    deps,
    cashier,
    chosen.map((p) => p.id),
  );
  for (const [i, { id, amount }] of chosen.entries()) {
    if (i % 6 === 5) continue;
    const word = {
      at: deps.now(),
      account: '****0001',
      bankRef: `示例赔付流水${String(i + 1).padStart(6, '0')}`,
      amount: fen(amount),
      byHand: false,
      proof: null,
    };
    await confirmPayment(deps, cashier, { id, word });
  }
}
