import { sql } from 'kysely';
import type { Tx } from '../../../kernel/db.ts';
import { fen, sum } from '../../../kernel/money.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { type Day, dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import type { InsuranceTables } from '../tables.ts';
import {
  addYear,
  checkParts,
  type InsuredYear,
  isScale,
  type PensionRefusal,
  type PensionTerms,
  type YearPart,
} from './pension.rules.ts';
import { termsRow } from './pension.views.ts';

export type PensionActRefusal =
  | PensionRefusal
  | { code: 'insurance.pension_not_found' }
  | { code: 'insurance.pension_elevator'; rescueCode: string }
  | { code: 'insurance.pension_running'; number: string }
  | { code: 'insurance.pension_policy' }
  | { code: 'insurance.pension_term'; from: string; to: string }
  | { code: 'insurance.pension_service'; service: string }
  | { code: 'insurance.pension_voucher'; voucher: string }
  | { code: 'insurance.pension_future'; on: string; today: string };

type Opened = Result<{ pensionId: string; number: string }, PensionActRefusal>;

/** Begin a programme for one elevator with its use unit. What is promised at renewal is a filed scale, or nothing. */
export async function openPension(
  deps: InsuranceDeps,
  viewer: Viewer,
  { rescueCode, terms }: { rescueCode: string; terms: PensionTerms },
): Promise<Opened> {
  if (terms.scale && !isScale(terms.scale)) return refuse({ code: 'insurance.pension_scale' });
  const card = await deps.db
    .selectFrom('registry.elevator_card')
    .select(['id', 'address', 'use_org_id', 'area_codes'])
    .where('rescue_code', '=', rescueCode)
    .where('state', '=', 'in_use')
    .executeTakeFirst();
  const insurer = viewer.orgId;
  const holder = card?.use_org_id;
  if (!card || !holder || !insurer) return refuse({ code: 'insurance.pension_elevator', rescueCode });
  const running = await deps.db
    .selectFrom('insurance.pension')
    .select('number')
    .where('elevator_id', '=', card.id)
    .where('ended_on', 'is', null)
    .executeTakeFirst();
  if (running) return refuse({ code: 'insurance.pension_running', number: running.number });
  const now = deps.now();
  const pensionId = deps.newId();
  const number = `YL-${dayOf(now).slice(0, 4)}-${pensionId.slice(-8)}`;
  return deps.scoped(viewer, async (tx): Promise<Opened> => {
    await tx
      .insertInto('insurance.pension')
      .values({
        id: pensionId,
        number,
        elevator_id: card.id,
        address: card.address,
        insurer_org_id: insurer,
        holder_org_id: holder,
        terms: JSON.stringify(terms),
        made_at: now,
        made_by: viewer.accountId,
        ended_on: null,
        area_codes: card.area_codes,
        org_ids: [insurer, holder],
      })
      .execute();
    return accept({ pensionId, number });
  });
}

export type NewYear = {
  from: Day;
  to: Day;
  policyId: string | null;
  parts: readonly YearPart[];
  services: readonly { code: string; name: string; times: number }[];
};
type Added = Result<{ yearId: string; no: number; reinstated: boolean }, PensionActRefusal>;

/** Add the next year: in time, or as a reinstatement; every part from permitted money; upkeep in the service contract. */
export const addPensionYear = (
  deps: InsuranceDeps,
  viewer: Viewer,
  { pensionId, ...year }: NewYear & { pensionId: string },
): Promise<Added> =>
  deps.scoped(viewer, async (tx): Promise<Added> => {
    const pension = await tx
      .selectFrom('insurance.pension')
      .selectAll()
      .where('id', '=', pensionId)
      .where('ended_on', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (!pension || pension.insurer_org_id !== viewer.orgId) return refuse({ code: 'insurance.pension_not_found' });
    if (year.to < year.from) return refuse({ code: 'insurance.pension_term', from: year.from, to: year.to });
    const fault = checkParts(year.parts);
    if (fault) return refuse(fault);
    if (year.policyId && !(await isOwnPolicy(tx, year.policyId, pension)))
      return refuse({ code: 'insurance.pension_policy' });
    const decided = addYear(await yearsOf(tx, pensionId), year, termsRow.parse(pension.terms));
    if (!decided.ok) return decided;
    const yearId = deps.newId();
    await tx
      .insertInto('insurance.pension_year')
      .values({
        id: yearId,
        pension_id: pensionId,
        no: decided.value.no,
        policy_id: year.policyId,
        from_on: year.from,
        to_on: year.to,
        reinstated: decided.value.reinstated,
        parts: JSON.stringify(year.parts),
        services: JSON.stringify(year.services),
        premium: sum(year.parts.map((p) => fen(p.premium))),
        area_codes: pension.area_codes,
        org_ids: pension.org_ids,
      })
      .execute();
    return accept({ yearId, ...decided.value });
  });

/** The policy is the insurer's own, for the same holder. */
async function isOwnPolicy(
  tx: Tx<InsuranceTables>,
  policyId: string,
  { insurer_org_id, holder_org_id }: { insurer_org_id: string; holder_org_id: string },
): Promise<boolean> {
  const { rows } = await sql`select from insurance.policy where id = ${policyId} and lead_org_id = ${insurer_org_id}
    and holder_org_id = ${holder_org_id}`.execute(tx);
  return rows.length === 1;
}

async function yearsOf(tx: Tx<InsuranceTables>, pensionId: string): Promise<readonly InsuredYear[]> {
  const rows = await tx
    .selectFrom('insurance.pension_year')
    .select(['no', 'from_on', 'to_on', 'reinstated'])
    .where('pension_id', '=', pensionId)
    .execute();
  return rows.map(({ no, from_on, to_on, reinstated }) => ({ no, from: from_on as Day, to: to_on as Day, reinstated }));
}

export type PensionCost = {
  id: string;
  yearId: string;
  service: string;
  on: string;
  amount: number;
  voucher: string;
  note: string;
};
type Booked = Result<{ costId: string }, PensionActRefusal>;

/** Book what a service of a year really cost. Sent again with its own id it changes nothing. */
export const bookPensionCost = (deps: InsuranceDeps, viewer: Viewer, cost: PensionCost): Promise<Booked> =>
  deps.scoped(viewer, async (tx): Promise<Booked> => {
    const year = await tx
      .selectFrom('insurance.pension_year as y')
      .innerJoin('insurance.pension as p', 'p.id', 'y.pension_id')
      .select(['y.services', 'y.area_codes', 'y.org_ids', 'p.insurer_org_id'])
      .where('y.id', '=', cost.yearId)
      .executeTakeFirst();
    if (!year || year.insurer_org_id !== viewer.orgId) return refuse({ code: 'insurance.pension_not_found' });
    const today = dayOf(deps.now());
    if (cost.on > today) return refuse({ code: 'insurance.pension_future', on: cost.on, today });
    if (!JSON.stringify(year.services).includes(`"code":"${cost.service}"`))
      return refuse({ code: 'insurance.pension_service', service: cost.service });
    const known = await tx
      .selectFrom('insurance.pension_cost')
      .select('id')
      .where('year_id', '=', cost.yearId)
      .where('service', '=', cost.service)
      .where('voucher', '=', cost.voucher)
      .executeTakeFirst();
    if (known)
      return known.id === cost.id
        ? accept({ costId: cost.id })
        : refuse({ code: 'insurance.pension_voucher', voucher: cost.voucher });
    await tx
      .insertInto('insurance.pension_cost')
      .values({
        id: cost.id,
        year_id: cost.yearId,
        service: cost.service,
        on_day: cost.on,
        amount: cost.amount,
        voucher: cost.voucher,
        note: cost.note,
        reverses: null,
        written_at: deps.now(),
        actor: viewer.accountId,
        area_codes: year.area_codes,
        org_ids: year.org_ids,
      })
      .execute();
    return accept({ costId: cost.id });
  });
