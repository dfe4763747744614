import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { type Db, insertMany, type Tx } from '../../../kernel/db.ts';
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
  policy: StoredPolicy;
  kind: DocumentContent['kind'];
  no: number;
  change: DocumentContent['change'];
  settlement?: DocumentContent['settlement'];
  by: string;
  at: Date;
};

/** Keep a paper of a policy as it stands in this transaction. One there already stays as it was. */
export async function keepDocument(
  deps: InsuranceDeps,
  tx: Tx<InsuranceTables>,
  { policyId, ...making }: Omit<Making, 'policy'> & { policyId: string },
): Promise<void> {
  const [policy] = await policiesFor(tx, [policyId]);
  if (policy) await keepDocuments(deps, tx, [{ ...making, policy }]);
}

/** The same for papers of many policies. */
export async function keepDocuments(
  deps: InsuranceDeps,
  tx: Tx<InsuranceTables>,
  papers: readonly Making[],
): Promise<void> {
  const policies = [...new Map(papers.map((p) => [p.policy.id, p.policy])).values()];
  const texts = await standingTexts(tx, policies);
  const receipts = papers.filter((p) => p.kind === 'receipt').map((p) => p.policy.id);
  const arrived = await arrivedFor(tx, receipts);
  const rows = papers.flatMap(({ policy, kind, no, change, settlement, by, at }) => {
    const standing = texts.get(policy.id);
    if (!standing) return [];
    const money = kind === 'receipt' ? (arrived.get(policy.id) ?? []) : [];
    const received = money.map((a) => ({ payer: a.payer, amount: a.amount, on: dayOf(a.at) }));
    const content = { kind, no, on: dayOf(at), change, ...standing, received, ...(settlement && { settlement }) };
    const text = canonical(documentContent.parse(content));
    return {
      id: deps.newId(),
      policy_id: policy.id,
      kind,
      no,
      content: JSON.parse(text) as unknown,
      hash: createHash('sha256').update(text).digest('hex'),
      code: newCode(),
      made_at: at,
      made_by: by,
      area_codes: policy.areaCodes,
      org_ids: policy.orgIds,
    };
  });
  const rest = sql<{ id: string }>`on conflict (policy_id, kind, no) do nothing`;
  await insertMany(tx, { table: 'insurance.document', rest }, rows);
}

/** What a paper says of each policy as it stands: one question for all of each kind. */
async function standingTexts(db: Db<InsuranceTables>, policies: readonly StoredPolicy[]) {
  const ids = policies.map((p) => p.id);
  const heads = await headsOf(db, ids);
  const nameOf = await namesOf(
    db,
    policies.flatMap((p) => p.members.map((m) => m.insurer)),
  );
  const lines = await linesTexts(db, ids);
  const coverages = new Map<string, ReturnType<typeof coveragesText>>();
  for (const head of heads) coverages.set(head.product_id, coverages.get(head.product_id) ?? coveragesText(head.body));
  const headOf = new Map(heads.map((h) => [h.id, h]));
  return new Map(
    policies.flatMap((policy) => {
      const head = headOf.get(policy.id);
      if (!head) return [];
      const text = {
        number: policy.number,
        product: head.product,
        scheme: head.scheme,
        filingNo: head.filing_no,
        tariffVersion: head.version,
        holder: head.holder ?? '',
        agent: head.agent,
        members: policy.members.map((m) => ({ name: nameOf(m.insurer), shareBp: m.shareBp })),
        from: policy.from,
        to: policy.to,
        premium: policy.premium,
        owed: policy.owed.map(({ payer, amount }) => ({ payer, amount })),
        coverages: coverages.get(head.product_id) ?? [],
        lines: lines.get(policy.id) ?? [],
      };
      return [[policy.id, text] as const];
    }),
  );
}

const headsOf = (db: Db<InsuranceTables>, ids: readonly string[]) =>
  db
    .selectFrom('insurance.policy as p')
    .innerJoin('insurance.product as d', 'd.id', 'p.product_id')
    .innerJoin('insurance.scheme as s', 's.id', 'd.scheme_id')
    .innerJoin('insurance.tariff as t', 't.id', 'p.tariff_id')
    .leftJoin('identity.org_card as h', 'h.id', 'p.holder_org_id')
    .leftJoin('identity.org_card as a', 'a.id', 'p.agent_org_id')
    .select([
      'p.id',
      'd.id as product_id',
      'd.name as product',
      'd.body',
      's.name as scheme',
      't.filing_no',
      't.version',
    ])
    .select(['h.name as holder', 'a.name as agent'])
    .where('p.id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute();

const coveragesText = (body: unknown) =>
  productBody.parse(body).coverages.map(({ name, limits }) => ({
    name,
    perPerson: limits.perPerson,
    perAccident: limits.perAccident,
    aggregate: limits.aggregate,
    deductible: limits.deductible,
  }));

async function namesOf(db: Db<InsuranceTables>, ids: readonly string[]): Promise<(id: string) => string> {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from identity.org_card where id = any(${[...new Set(ids)]}::uuid[])`.execute(db);
  const names = new Map(rows.map((r) => [r.id, r.name]));
  return (id) => names.get(id) ?? '';
}

/** Co-insurers by name, with their shares, in the order of the policy. */
export async function memberNames(db: Db<InsuranceTables>, members: readonly { insurer: string; shareBp: number }[]) {
  const nameOf = await namesOf(
    db,
    members.map((m) => m.insurer),
  );
  return members.map((m) => ({ name: nameOf(m.insurer), shareBp: m.shareBp }));
}

async function linesTexts(
  db: Db<InsuranceTables>,
  policyIds: readonly string[],
): Promise<ReadonlyMap<string, DocumentContent['lines']>> {
  const rows = await db
    .selectFrom('insurance.policy_line')
    .select(['policy_id', 'code', 'address', 'from_on', 'to_on', 'premium'])
    .where('policy_id', '=', sql<string>`any(${[...policyIds]}::uuid[])`)
    .orderBy('address')
    .orderBy('code')
    .orderBy('from_on')
    .execute();
  const found = new Map<string, DocumentContent['lines']>();
  for (const r of rows) {
    const lines = found.get(r.policy_id) ?? [];
    found.set(r.policy_id, lines);
    lines.push({ code: r.code, address: r.address, from: r.from_on, to: r.to_on, premium: r.premium });
  }
  return found;
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

/** How a policy stands on a day, and its last day of cover where it was ended early. */
export type Standing = { is: 'in_force' | 'not_begun' | 'over'; endedOn: string | null };

/**
 * Does a policy cover on a day, for the page a paper leads to? Its lines say so, as they do for a claim: one that was cancelled
 * covers to its last day, and one whose elevators all left covers nothing.
 */
export async function standsOn(db: Db<InsuranceTables>, policyId: string, on: Day): Promise<Standing> {
  const { rows } = await sql<{ covers: boolean | null; will: boolean | null; ended_on: string | null }>`
    select bool_or(${on}::date between l.from_on and l.to_on) as covers,
      bool_or(l.from_on > ${on}::date and l.to_on >= l.from_on) as will, max(p.ended_on) as ended_on
    from insurance.policy p join insurance.policy_line l on l.policy_id = p.id
    where p.id = ${policyId}::uuid and p.state in ('issued', 'cancelled')`.execute(db);
  const [row] = rows;
  const is = row?.covers ? 'in_force' : row?.will ? 'not_begun' : 'over';
  return { is, endedOn: row?.ended_on ?? null };
}
