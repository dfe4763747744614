import { z } from 'zod';
import type { Db, Tx } from '../../../kernel/db.ts';
import { maskName, maskPhone, type SecretData } from '../../../kernel/secret-data.ts';
import type { InsuranceTables } from '../tables.ts';
import type { ClaimPartyRow } from './claim.tables.ts';

const USES = {
  name: 'insurance.party.name',
  idNumber: 'insurance.party.id_number',
  phone: 'insurance.party.phone',
  account: 'insurance.party.account',
} as const;

/** Where money goes: the bank, the number, whose it is. */
export type Account = { bank: string; number: string; holder: string };
const account = z.object({ bank: z.string(), number: z.string(), holder: z.string() });

export type NewParty = {
  kind: ClaimPartyRow['kind'];
  name: string;
  idNumber: string | null;
  phone: string | null;
  account: Account | null;
};

/** A party as lists show it. */
export type PartyLine = {
  id: string;
  kind: ClaimPartyRow['kind'];
  name: string; // masked; an organisation's stands in full
  idNumber: string | null; // masked
  phone: string | null; // masked
  account: string | null; // bank and last four digits
  addedAt: Date;
};

/** Keyed hashes: equal data give equal keys, and nobody reads the data from them. */
export const partyKeys = (secret: SecretData, party: Omit<NewParty, 'kind' | 'name'>) => ({
  person_key: party.idNumber ? secret.lookup(USES.idNumber, party.idNumber.toUpperCase()) : null,
  phone_key: party.phone ? secret.lookup(USES.phone, party.phone) : null,
  account_key: party.account ? secret.lookup(USES.account, party.account.number) : null,
});

const sealed = (secret: SecretData, party: Omit<NewParty, 'kind' | 'name'>) => ({
  id_number: party.idNumber ? secret.seal(USES.idNumber, party.idNumber) : null,
  phone: party.phone ? secret.seal(USES.phone, party.phone) : null,
  account: party.account ? secret.seal(USES.account, JSON.stringify(party.account)) : null,
  account_tail: party.account?.number.slice(-4) ?? null,
  ...partyKeys(secret, party),
});

export async function insertParty(
  tx: Tx<InsuranceTables>,
  secret: SecretData,
  { id, claimId, at, by, party }: { id: string; claimId: string; at: Date; by: string; party: NewParty },
): Promise<void> {
  await tx
    .insertInto('insurance.claim_party')
    .values({
      id,
      claim_id: claimId,
      kind: party.kind,
      name: secret.seal(USES.name, party.name),
      ...sealed(secret, party),
      added_at: at,
      added_by: by,
    })
    .execute();
}

/** What was missing of a party, added later: the account, mostly. What is there already stays. */
export async function completeParty(
  tx: Tx<InsuranceTables>,
  secret: SecretData,
  { id, data }: { id: string; data: Omit<NewParty, 'kind' | 'name'> },
): Promise<void> {
  const given = Object.fromEntries(Object.entries(sealed(secret, data)).filter(([, value]) => value !== null));
  if (Object.keys(given).length > 0)
    await tx.updateTable('insurance.claim_party').set(given).where('id', '=', id).execute();
}

export const findParty = (
  db: Db<InsuranceTables>,
  { claimId, id }: { claimId: string; id: string },
): Promise<ClaimPartyRow | undefined> =>
  db
    .selectFrom('insurance.claim_party')
    .selectAll()
    .where('claim_id', '=', claimId)
    .where('id', '=', id)
    .executeTakeFirst();

export async function partiesOf(
  db: Db<InsuranceTables>,
  secret: SecretData,
  claimIds: readonly string[],
): Promise<readonly (PartyLine & { claimId: string })[]> {
  if (claimIds.length === 0) return [];
  const rows = await db
    .selectFrom('insurance.claim_party')
    .selectAll()
    .where('claim_id', 'in', [...claimIds])
    .orderBy('added_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ claimId: row.claim_id, ...lineOf(secret, row) }));
}

/** Masked, except that an organisation's name is no personal data. */
export function lineOf(secret: SecretData, row: ClaimPartyRow): PartyLine {
  const plain = openParty(secret, row);
  return {
    id: row.id,
    kind: row.kind,
    name: row.kind === 'victim' ? maskName(plain.name) : plain.name,
    idNumber: plain.idNumber && `${plain.idNumber.slice(0, 4)}**********${plain.idNumber.slice(-4)}`,
    phone: plain.phone && maskPhone(plain.phone),
    account: plain.account && `${plain.account.bank} ****${row.account_tail ?? ''}`,
    addedAt: row.added_at,
  };
}

/** The plain data. Who opens it for a person's eyes keeps that he did. */
export const openParty = (
  secret: SecretData,
  row: ClaimPartyRow,
): { name: string; idNumber: string | null; phone: string | null; account: Account | null } => ({
  name: secret.open(USES.name, row.name),
  idNumber: row.id_number && secret.open(USES.idNumber, row.id_number),
  phone: row.phone && secret.open(USES.phone, row.phone),
  account: row.account ? account.parse(JSON.parse(secret.open(USES.account, row.account))) : null,
});
