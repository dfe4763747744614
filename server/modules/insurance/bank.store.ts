import type { Db, Tx } from '../../kernel/db.ts';
import type { OrgId } from '../../kernel/ids.ts';
import type { Fen } from '../../kernel/money.ts';
import type { InsuranceTables } from './tables.ts';

type Line = { leadOrgId: OrgId; account: string; bankRef: string };

/** Is this line of this account's statement booked already? */
export async function knownBankLine(db: Db<InsuranceTables>, { leadOrgId, account, bankRef }: Line): Promise<boolean> {
  const row = await db
    .selectFrom('insurance.bank_line')
    .select('id')
    .where('lead_org_id', '=', leadOrgId)
    .where('account', '=', account)
    .where('bank_ref', '=', bankRef)
    .executeTakeFirst();
  return row !== undefined;
}

export async function saveBankLine(
  tx: Tx<InsuranceTables>,
  line: Line & { id: string; entryId: string; at: Date; amount: Fen; counterparty: string; proof: string | null },
): Promise<void> {
  await tx
    .insertInto('insurance.bank_line')
    .values({
      id: line.id,
      lead_org_id: line.leadOrgId,
      account: line.account,
      bank_ref: line.bankRef,
      at: line.at,
      amount: line.amount,
      counterparty: line.counterparty,
      proof: line.proof,
      entry_id: line.entryId,
      area_codes: [],
      org_ids: [line.leadOrgId],
    })
    .execute();
}
