import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Db, Tx } from '../../../kernel/db.ts';
import { type Day, dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { arrivedFor } from '../money/ledger.store.ts';
import { productBody } from '../product/scheme.rows.ts';
import type { InsuranceTables } from '../tables.ts';
import { canonical, type DocumentContent, documentContent } from './document.rules.ts';
import { policiesFor, type StoredPolicy } from './policy.store.ts';

/** A code that nobody guesses, short enough to type. */
const newCode = () => randomBytes(10).toString('hex').toUpperCase();

type Making = {
  policyId: string;
  kind: DocumentContent['kind'];
  no: number;
  change: DocumentContent['change'];
  settlement?: DocumentContent['settlement'];
  by: string;
  at: Date;
};

/** Keep a paper of a policy as it stands in this transaction. One there already stays as it was. */
export async function keepDocument(deps: InsuranceDeps, tx: Tx<InsuranceTables>, making: Making): Promise<void> {
  const { policyId, kind, no, change, settlement, by, at } = making;
  const [policy] = await policiesFor(tx, [policyId]);
  if (!policy) return;
  const content = { kind, no, on: dayOf(at), change, ...(await standingText(tx, policy)), received: [] as never[] };
  const received = kind === 'receipt' ? await receivedFor(tx, policyId) : [];
  const text = canonical(documentContent.parse({ ...content, received, ...(settlement && { settlement }) }));
  await tx
    .insertInto('insurance.document')
    .values({
      id: deps.newId(),
      policy_id: policyId,
      kind,
      no,
      content: text,
      hash: createHash('sha256').update(text).digest('hex'),
      code: newCode(),
      made_at: at,
      made_by: by,
      area_codes: policy.areaCodes,
      org_ids: policy.orgIds,
    })
    .onConflict((c) => c.columns(['policy_id', 'kind', 'no']).doNothing())
    .execute();
}

const receivedFor = async (db: Db<InsuranceTables>, policyId: string) =>
  ((await arrivedFor(db, [policyId])).get(policyId) ?? []).map((a) => ({
    payer: a.payer,
    amount: a.amount,
    on: dayOf(a.at),
  }));

async function standingText(db: Db<InsuranceTables>, policy: StoredPolicy) {
  const row = await db
    .selectFrom('insurance.policy as p')
    .innerJoin('insurance.product as d', 'd.id', 'p.product_id')
    .innerJoin('insurance.scheme as s', 's.id', 'd.scheme_id')
    .innerJoin('insurance.tariff as t', 't.id', 'p.tariff_id')
    .leftJoin('identity.org_card as h', 'h.id', 'p.holder_org_id')
    .leftJoin('identity.org_card as a', 'a.id', 'p.agent_org_id')
    .select([
      'd.name as product',
      'd.body',
      's.name as scheme',
      't.filing_no',
      't.version',
      'h.name as holder',
      'a.name as agent',
    ])
    .where('p.id', '=', policy.id)
    .executeTakeFirstOrThrow();
  const names = await memberNames(db, policy.members);
  return {
    number: policy.number,
    product: row.product,
    scheme: row.scheme,
    filingNo: row.filing_no,
    tariffVersion: row.version,
    holder: row.holder ?? '',
    agent: row.agent,
    members: names,
    from: policy.from,
    to: policy.to,
    premium: policy.premium,
    owed: policy.owed.map(({ payer, amount }) => ({ payer, amount })),
    coverages: productBody.parse(row.body).coverages.map(({ name, limits }) => ({
      name,
      perPerson: limits.perPerson,
      perAccident: limits.perAccident,
      aggregate: limits.aggregate,
      deductible: limits.deductible,
    })),
    lines: await linesText(db, policy.id),
  };
}

/** Co-insurers by name, with their shares, in the order of the policy. */
export async function memberNames(db: Db<InsuranceTables>, members: readonly { insurer: string; shareBp: number }[]) {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from identity.org_card where id = any(${members.map((m) => m.insurer)}::uuid[])`.execute(db);
  const names = new Map(rows.map((r) => [r.id, r.name]));
  return members.map((m) => ({ name: names.get(m.insurer) ?? '', shareBp: m.shareBp }));
}

async function linesText(db: Db<InsuranceTables>, policyId: string) {
  const rows = await db
    .selectFrom('insurance.policy_line')
    .select(['code', 'address', 'from_on', 'to_on', 'premium'])
    .where('policy_id', '=', policyId)
    .orderBy('address')
    .orderBy('code')
    .orderBy('from_on')
    .execute();
  return rows.map((r) => ({ code: r.code, address: r.address, from: r.from_on, to: r.to_on, premium: r.premium }));
}

export type StoredDocument = {
  id: string;
  policyId: string;
  content: DocumentContent;
  hash: string;
  code: string;
  madeAt: Date;
};

/** A paper by its id, or by the code on it. */
export async function findDocument(
  db: Db<InsuranceTables>,
  by: { id: string } | { code: string },
): Promise<StoredDocument | undefined> {
  const row = await db
    .selectFrom('insurance.document')
    .selectAll()
    .$if('id' in by, (q) => q.where('id', '=', 'id' in by ? by.id : ''))
    .$if('code' in by, (q) => q.where('code', '=', 'code' in by ? by.code : ''))
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      policyId: row.policy_id,
      content: documentContent.parse(row.content),
      hash: row.hash,
      code: row.code,
      madeAt: row.made_at,
    }
  );
}

/** The papers of a policy, in the order they were made. */
export async function documentsOf(db: Db<InsuranceTables>, policyId: string) {
  const rows = await db
    .selectFrom('insurance.document')
    .select(['id', 'kind', 'no', 'made_at', 'hash', 'code'])
    .where('policy_id', '=', policyId)
    .orderBy('made_at')
    .orderBy('no')
    .execute();
  return rows.map(({ made_at, ...row }) => ({ ...row, madeAt: made_at.toISOString() }));
}

/** Is a policy in force on a day, for the page a paper leads to? */
export async function standsOn(
  db: Db<InsuranceTables>,
  policyId: string,
  on: Day,
): Promise<'in_force' | 'not_begun' | 'over'> {
  const row = await db
    .selectFrom('insurance.policy')
    .select(['state', 'from_on', 'to_on'])
    .where('id', '=', policyId)
    .executeTakeFirst();
  if (!row || row.state !== 'issued' || row.to_on < on) return 'over';
  return row.from_on > on ? 'not_begun' : 'in_force';
}
