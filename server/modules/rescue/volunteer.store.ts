import { randomInt } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import { doorToken, idBehind } from '../../kernel/door-token.ts';
import type { OrgId } from '../../kernel/ids.ts';
import type { SecretData } from '../../kernel/secret-data.ts';
import { addSeconds } from '../../kernel/time.ts';
import type { RescueDeps } from './deps.ts';
import type { RescueTables } from './tables.ts';
import type { VolunteerForceRow } from './volunteer.tables.ts';

export type Force = Selectable<VolunteerForceRow>;
export type Member = { name: string; phone: string };

const USE = {
  name: 'rescue.volunteer.name',
  contact: 'rescue.volunteer.contact',
  phone: 'rescue.volunteer.phone',
  certificate: 'rescue.volunteer.certificate',
  members: 'rescue.volunteer.members',
  code: 'rescue.volunteer.code',
  token: 'rescue.volunteer.token',
} as const;

/** The use that binds a paper's bytes to their column. */
export const PAPER = 'rescue.volunteer.paper';

/** What is personal of a force, in plain text. Empty once it was forgotten. */
export type ForcePeople = {
  name: string;
  contact: string;
  phone: string;
  certificateNumber: string;
  members: readonly Member[];
};

/** The personal part as it is stored. */
export const sealForce = (secret: SecretData, of: ForcePeople) => ({
  name: secret.seal(USE.name, of.name),
  contact: of.contact === '' ? null : secret.seal(USE.contact, of.contact),
  phone: secret.seal(USE.phone, of.phone),
  phone_key: secret.lookup(USE.phone, of.phone),
  certificate_number: of.certificateNumber === '' ? null : secret.seal(USE.certificate, of.certificateNumber),
  members: secret.seal(USE.members, JSON.stringify(of.members)),
});

/** The personal part in plain text. */
export function openForce(secret: SecretData, row: Force): ForcePeople {
  const text = (use: string, sealed: string | null) => (sealed ? secret.open(use, sealed) : '');
  return {
    name: text(USE.name, row.name),
    contact: text(USE.contact, row.contact),
    phone: text(USE.phone, row.phone),
    certificateNumber: text(USE.certificate, row.certificate_number),
    members: row.members ? (JSON.parse(secret.open(USE.members, row.members)) as Member[]) : [],
  };
}

// Without 0, 1, I, L, O, U: nobody confuses them when he copies the code from a paper or hears it.
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const letters = (n: number) => Array.from({ length: n }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** A new enquiry code: three groups of four, about 59 bits. Only its keyed hash is kept. */
export function newCode(secret: SecretData): { code: string; codeKey: string } {
  const code = letters(12).replaceAll(/(.{4})(?=.)/g, '$1-');
  return { code, codeKey: codeKey(secret, code) };
}

/** A code as it was typed: case, spaces and dashes say nothing. */
export const codeKey = (secret: SecretData, typed: string): string =>
  secret.lookup(
    USE.code,
    typed
      .normalize('NFKC')
      .toUpperCase()
      .replaceAll(/[^0-9A-Z]/g, ''),
  );

/** A key for a form: sent twice it is one. */
export const formKey = (): string => letters(20);

const TOKEN_SECONDS = 7_200;

/** What stands in the address instead of the code: good for two hours. */
export const tokenFor = ({ secret, now }: Pick<RescueDeps, 'secret' | 'now'>, id: string): string =>
  doorToken(secret, USE.token, { id, until: addSeconds(now(), TOKEN_SECONDS) });

/** The force a token opens; undefined when it ran out, or when we did not make it. */
export async function forceOfToken(
  { db, secret, now }: Pick<RescueDeps, 'db' | 'secret' | 'now'>,
  token: string,
): Promise<Force | undefined> {
  const id = idBehind(secret, USE.token, { token, now: now() });
  return id ? db.selectFrom('rescue.volunteer_force').selectAll().where('id', '=', id).executeTakeFirst() : undefined;
}

/** A force, held until the transaction ends: two decisions do not cross. */
export const holdForce = (tx: Tx<RescueTables>, id: string): Promise<Force | undefined> =>
  tx.selectFrom('rescue.volunteer_force').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** Save what became of a force. */
export async function saveForce(
  tx: Tx<RescueTables>,
  { id, version }: Force,
  to: Partial<Omit<Force, 'id' | 'version'>>,
): Promise<void> {
  await tx
    .updateTable('rescue.volunteer_force')
    .set({ ...to, version: version + 1 })
    .where('id', '=', id)
    .execute();
}

/** Who sees a force: the officials of its district, and, once it stands, its own people. */
export const audienceOf = (districtCode: string, orgId: OrgId | null) => ({
  area_codes: [districtCode],
  org_ids: orgId ? [orgId] : [],
});
