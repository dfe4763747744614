import { sql } from 'kysely';
import type { Tx } from '../../kernel/db.ts';
import type { OrgId, PersonId } from '../../kernel/ids.ts';
import type { SecretData } from '../../kernel/secret-data.ts';
import { nameKey } from './directory.rules.ts';
import type { LicenceFacts } from './org.store.ts';
import { type CertificateFacts, NUMBER } from './person.store.ts';
import type { IdentityTables } from './tables.ts';

type OrgSeen = { id: OrgId; areaCodes: readonly string[] };

/** Add a licence, or renew the days of one that is known by its number. Was anything new? */
export async function upsertLicence(
  tx: Tx<IdentityTables>,
  l: LicenceFacts & { id: string; org: OrgSeen },
): Promise<boolean> {
  const { rows } = await sql`insert into identity.licence as l
      (id, org_id, kind, number, scope, issuer, issued_on, expires_on, area_codes, org_ids)
    values (${l.id}, ${l.org.id}, ${l.kind}, ${l.number}, ${l.scope}, ${l.issuer}, ${l.issuedOn}, ${l.expiresOn},
      ${[...l.org.areaCodes]}::text[], ${[l.org.id]}::uuid[])
    on conflict (org_id, kind, number) do update set
      scope = coalesce(nullif(excluded.scope, ''), l.scope), issuer = coalesce(nullif(excluded.issuer, ''), l.issuer),
      issued_on = coalesce(excluded.issued_on, l.issued_on), expires_on = coalesce(excluded.expires_on, l.expires_on)
    where (coalesce(nullif(excluded.scope, ''), l.scope), coalesce(nullif(excluded.issuer, ''), l.issuer),
        coalesce(excluded.issued_on, l.issued_on), coalesce(excluded.expires_on, l.expires_on))
      is distinct from (l.scope, l.issuer, l.issued_on, l.expires_on)
    returning l.id`.execute(tx);
  return rows.length > 0;
}

/** Add a certificate, or renew the days of one that is known by its number. Was anything new? */
export async function upsertCertificate(
  tx: Tx<IdentityTables>,
  secret: SecretData,
  c: CertificateFacts & { id: string; personId: PersonId; org: OrgSeen },
): Promise<boolean> {
  const { rows } = await sql`insert into identity.certificate as c
      (id, person_id, kind, number, number_key, issuer, issued_on, expires_on, area_codes, org_ids)
    values (${c.id}, ${c.personId}, ${c.kind}, ${secret.seal(NUMBER, c.number)},
      ${secret.lookup(NUMBER, nameKey(c.number))}, ${c.issuer}, ${c.issuedOn}, ${c.expiresOn},
      ${[...c.org.areaCodes]}::text[], ${[c.org.id]}::uuid[])
    on conflict (person_id, kind, number_key) do update set issuer = coalesce(nullif(excluded.issuer, ''), c.issuer),
      issued_on = coalesce(excluded.issued_on, c.issued_on), expires_on = coalesce(excluded.expires_on, c.expires_on)
    where (coalesce(nullif(excluded.issuer, ''), c.issuer), coalesce(excluded.issued_on, c.issued_on),
        coalesce(excluded.expires_on, c.expires_on)) is distinct from (c.issuer, c.issued_on, c.expires_on)
    returning c.id`.execute(tx);
  return rows.length > 0;
}
