import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Db, Tx } from '../../../kernel/db.ts';
import { say } from '../../../kernel/language.ts';
import type { Fen } from '../../../kernel/money.ts';
import { invariant } from '../../../kernel/result.ts';
import { dayOf } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import type { ClaimDeps } from './claim.deps.ts';
import type { ClaimDocumentRow } from './claim.tables.ts';

const CONTENT = 'insurance.document.content';
const PDF = 'insurance.document.pdf';

export type LetterKind = ClaimDocumentRow['kind'];

/** A letter as it was said: its words are kept, so that a later wording changes no earlier letter. */
const letter = z.object({
  template: z.literal(1),
  kind: z.enum(['acknowledgement', 'paper_request', 'decision', 'refusal', 'payment_notice']),
  number: z.string(), // the claim's number and the letter's own
  title: z.string(),
  to: z.string(),
  from: z.string(),
  on: z.string(),
  paragraphs: z.array(z.string()),
  rows: z.array(z.tuple([z.string(), z.string()])),
});
export type Letter = z.infer<typeof letter>;

/** `¥1,234.56`. */
export const yuan = (amount: Fen | number): string =>
  `¥${(amount / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

export type NewLetter = {
  kind: LetterKind;
  claim: { id: string; number: string; leadOrgId: string; policyNumber: string; address: string; happenedAt: Date };
  to: string;
  params: Readonly<Record<string, string | number>>;
  rows: readonly (readonly [string, string])[];
  by: string;
};

/** Write a letter in the transaction that makes what it says true. Returns its id. */
export async function writeLetter(tx: Tx<InsuranceTables>, deps: ClaimDeps, given: NewLetter): Promise<string> {
  const { claim } = given;
  const at = deps.now();
  const { no } = await tx
    .selectFrom('insurance.claim_document')
    .select((eb) => eb.fn.countAll<number>().as('no'))
    .where('claim_id', '=', claim.id)
    .executeTakeFirstOrThrow();
  const from = await orgName(tx, claim.leadOrgId);
  const t = (code: string) => say(`insurance.letter.${given.kind}.${code}`, 'zh', { ...given.params, from });
  const content: Letter = {
    template: 1,
    kind: given.kind,
    number: `${claim.number}-${no + 1}`,
    title: t('title'),
    to: given.to,
    from,
    on: dayOf(at),
    paragraphs: [t('body'), t('rights')],
    rows: [
      [say('insurance.letter.claim', 'zh'), claim.number],
      [say('insurance.letter.policy', 'zh'), claim.policyNumber],
      [say('insurance.letter.address', 'zh'), claim.address],
      [say('insurance.letter.happened', 'zh'), dayOf(claim.happenedAt)],
      ...given.rows.map(([name, value]): [string, string] => [name, value]),
    ],
  };
  const id = deps.newId();
  const text = JSON.stringify(content);
  await tx
    .insertInto('insurance.claim_document')
    .values({
      id,
      claim_id: claim.id,
      no: no + 1,
      kind: given.kind,
      made_at: at,
      made_by: given.by,
      content: deps.secret.seal(CONTENT, text),
      content_hash: hashOf(text),
      pdf: null,
      pdf_hash: null,
    })
    .execute();
  return id;
}

const hashOf = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

export async function orgName(db: Db<InsuranceTables>, id: string | null): Promise<string> {
  if (!id) return '';
  const row = await db
    .selectFrom('identity.org_card')
    .select('name')
    .where('id', '=', id as never)
    .executeTakeFirst();
  return row?.name ?? '';
}

export type StoredLetter = { id: string; kind: LetterKind; letter: Letter; contentHash: string; pdf: Buffer | null };

/** A letter as it was written; its content still has the hash it was kept with. */
export async function findLetter(
  db: Db<InsuranceTables>,
  deps: Pick<ClaimDeps, 'secret'>,
  { claimId, id }: { claimId: string; id: string },
): Promise<StoredLetter | undefined> {
  const row = await db
    .selectFrom('insurance.claim_document')
    .selectAll()
    .where('claim_id', '=', claimId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  const text = deps.secret.open(CONTENT, row.content);
  invariant(hashOf(text) === row.content_hash, 'a letter says what it said');
  const pdf = row.pdf === null ? null : Buffer.from(deps.secret.open(PDF, row.pdf), 'base64');
  invariant(pdf === null || hashOf(pdf) === row.pdf_hash, 'a print is the first print');
  return { id: row.id, kind: row.kind, letter: letter.parse(JSON.parse(text)), contentHash: row.content_hash, pdf };
}

/** Keep the first print. Another one made meanwhile stays: its bytes are the letter's from then on. */
export async function keepPrint(
  tx: Tx<InsuranceTables>,
  deps: Pick<ClaimDeps, 'secret'>,
  { id, pdf }: { id: string; pdf: Buffer },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('insurance.claim_document')
    .set({ pdf: deps.secret.seal(PDF, pdf.toString('base64')), pdf_hash: hashOf(pdf) })
    .where('id', '=', id)
    .where('pdf', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}
