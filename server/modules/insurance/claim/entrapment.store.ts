import { randomInt } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { type Fen, fen } from '../../../kernel/money.ts';
import type { SecretData } from '../../../kernel/secret-data.ts';
import type { InsuranceTables } from '../tables.ts';
import type { CleanRuleRow, EntrapmentDraftRow } from './claim.tables.ts';

export type Draft = Selectable<EntrapmentDraftRow>;
export type StoredCleanRule = Selectable<CleanRuleRow>;

const CODE = 'insurance.claim_code';
/** Without 0, 1, I, L, O, U: nobody confuses them when he copies the code from a paper or hears it. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 12; // about 59 bits: nobody guesses one at our door

/** A new claim code (理赔码): three groups of four. */
export function newClaimCode(): string {
  const letters = Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return letters.replaceAll(/(.{4})(?=.)/g, '$1-');
}

/** A code as it was typed: case, spaces and dashes say nothing. */
export const plainCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '');

export const codeKey = (secret: SecretData, code: string): string => secret.lookup(CODE, plainCode(code));
export const openCode = (secret: SecretData, { code }: Pick<Draft, 'code'>): string => secret.open(CODE, code);

export async function insertDrafts(
  tx: Tx<InsuranceTables>,
  secret: SecretData,
  drafts: readonly { id: string; claimId: string; head: number; due: Fen; trappedSeconds: number; at: Date }[],
): Promise<void> {
  const rows = drafts.map((d) => {
    const code = newClaimCode();
    return {
      id: d.id,
      claim_id: d.claimId,
      head: d.head,
      code: secret.seal(CODE, code),
      code_key: codeKey(secret, code),
      due: d.due,
      trapped_seconds: d.trappedSeconds,
      phone_key: null,
      person_key: null,
      account_key: null,
      filled_at: null,
      state: 'waiting' as const,
      party_id: null,
      made_at: d.at,
    };
  });
  if (rows.length > 0) await tx.insertInto('insurance.entrapment_draft').values(rows).execute();
}

export const draftsOf = (db: Db<InsuranceTables>, claimIds: readonly string[]): Promise<Draft[]> =>
  claimIds.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('insurance.entrapment_draft')
        .selectAll()
        .where('claim_id', 'in', [...claimIds])
        .orderBy('claim_id')
        .orderBy('head')
        .execute();

export const findDraft = (db: Db<InsuranceTables>, id: string): Promise<Draft | undefined> =>
  db.selectFrom('insurance.entrapment_draft').selectAll().where('id', '=', id).executeTakeFirst();

export const draftByCode = (db: Db<InsuranceTables>, key: string): Promise<Draft | undefined> =>
  db.selectFrom('insurance.entrapment_draft').selectAll().where('code_key', '=', key).executeTakeFirst();

type Filled = Pick<Draft, 'phone_key' | 'person_key' | 'account_key' | 'state'> & {
  party_id: string;
  filled_at: Date;
  reasons: readonly string[];
};

/** The person has said who he is. His claim's row is held, so that nobody fills twice. */
export async function markFilled(tx: Tx<InsuranceTables>, id: string, filled: Filled): Promise<void> {
  await tx
    .updateTable('insurance.entrapment_draft')
    .set({ ...filled, reasons: JSON.stringify(filled.reasons) })
    .where('id', '=', id)
    .execute();
}

/** The code left by text: when, and to which number, masked. */
export async function markTexted(
  tx: Tx<InsuranceTables>,
  id: string,
  { at, to }: { at: Date; to: string },
): Promise<void> {
  await tx
    .updateTable('insurance.entrapment_draft')
    .set({ texted_at: at, texted_to: to })
    .where('id', '=', id)
    .execute();
}

/** The rule in force of an insurer, its row held so that a withdrawal and a payment know of each other. */
export const activeRule = (tx: Tx<InsuranceTables>, leadOrgId: OrgId): Promise<StoredCleanRule | undefined> =>
  tx
    .selectFrom('insurance.clean_rule')
    .selectAll()
    .where('lead_org_id', '=', leadOrgId)
    .where('withdrawn_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();

export const ruleView = (rule: StoredCleanRule | undefined) =>
  rule && { mostPerHead: fen(rule.most_per_head), mostHeads: rule.most_heads };
