import { sql } from 'kysely';
import type { Db } from '../../../kernel/db.ts';
import type { ElevatorId } from '../../../kernel/ids.ts';
import type { Day } from '../../../kernel/time.ts';
import { productBody } from '../product/scheme.rows.ts';
import type { InsuranceTables } from '../tables.ts';
import type { Place } from './claim.rows.ts';
import type { CoverLine } from './cover.rules.ts';

/** Every stretch of cover of an elevator that touches a day, with the product's text it was sold under. */
export async function coverLines(db: Db<InsuranceTables>, elevatorId: ElevatorId, day: Day): Promise<CoverLine[]> {
  const rows = await db
    .selectFrom('insurance.policy_line as l')
    .innerJoin('insurance.policy as p', 'p.id', 'l.policy_id')
    .innerJoin('insurance.product as d', 'd.id', 'p.product_id')
    .leftJoin('insurance.tariff as t', 't.id', 'p.tariff_id')
    .selectAll('p')
    .select(['l.from_on as line_from', 'l.to_on as line_to', 'l.endorsement', 'l.area_codes as line_areas'])
    .select(['d.code', 'd.version as product_version', 'd.body', 't.version as tariff_version'])
    .where('l.elevator_id', '=', elevatorId)
    .where('l.from_on', '<=', day)
    .where('l.to_on', '>=', day)
    .orderBy('p.issued_at')
    .orderBy('l.endorsement', 'desc')
    .execute();
  return rows.map((row) => ({
    policyId: row.id,
    policyNumber: row.number,
    leadOrgId: row.lead_org_id,
    holderOrgId: row.holder_org_id,
    state: row.state,
    from: row.line_from as Day,
    to: row.line_to as Day,
    policyFrom: row.from_on as Day,
    policyTo: row.to_on as Day,
    endedOn: row.ended_on as Day | null,
    issuedAt: row.issued_at,
    endorsement: row.endorsement,
    renewed: row.renewed_from !== null,
    productCode: row.code,
    productVersion: row.product_version,
    tariffVersion: row.tariff_version ?? 0,
    coverages: productBody.parse(row.body).coverages,
    areaCodes: row.line_areas,
    orgIds: row.org_ids,
  }));
}

export type ClaimPlace = Place & { areaCodes: string[]; orgIds: string[] };

/** The elevator as its file names it. Asked as the owner: an insurer sees claims, not files. */
export async function placeOf(db: Db<InsuranceTables>, elevatorId: string): Promise<ClaimPlace | undefined> {
  const card = await db
    .selectFrom('registry.elevator_card')
    .select([
      'address',
      'rescue_code',
      'registration_code',
      'use_org_id',
      'maintenance_org_id',
      'area_codes',
      'org_ids',
    ])
    .where('id', '=', elevatorId as ElevatorId)
    .executeTakeFirst();
  return (
    card && {
      address: card.address,
      rescueCode: card.rescue_code,
      registrationCode: card.registration_code,
      useOrgId: card.use_org_id,
      maintenanceOrgId: card.maintenance_org_id,
      areaCodes: card.area_codes,
      orgIds: card.org_ids,
    }
  );
}

/** The elevator a plate names, by its rescue or registration code. */
export async function elevatorByCode(db: Db<InsuranceTables>, code: string): Promise<ElevatorId | undefined> {
  const plain = code.replaceAll(/\s/g, '');
  if (plain === '') return undefined;
  const row = await db
    .selectFrom('registry.elevator_card')
    .select('id')
    .where((eb) => eb.or([eb('rescue_code', '=', plain), eb('registration_code', '=', plain)]))
    .executeTakeFirst();
  return row?.id;
}

/** One report of a key at a time: pressed twice it is one, and not a fault. Held until the transaction ends. */
export async function holdReport(db: Db<InsuranceTables>, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`insurance.report ${key}`}, 0))`.execute(db);
}

/** One accident at a time for each elevator: held until the transaction ends. */
export async function holdAccidents(db: Db<InsuranceTables>, elevatorId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`insurance.claim ${elevatorId}`}, 0))`.execute(db);
}
