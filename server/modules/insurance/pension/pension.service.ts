import { sql } from 'kysely';
import type { Tx } from '../../../kernel/db.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { type Fen, fen, sum } from '../../../kernel/money.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { type Day, dayOf, startOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { benefitDue } from '../money/ledger.rules.ts';
import { book } from '../money/ledger.store.ts';
import type { InsuranceTables } from '../tables.ts';
import {
  addYear,
  checkParts,
  type EndReason,
  type EndRefusal,
  endPension,
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
  | EndRefusal;

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
  const busy = (one: string): Opened => refuse({ code: 'insurance.pension_running', number: one });
  if (running) return busy(running.number);
  const now = deps.now();
  const pensionId = deps.newId();
  const number = `YL-${dayOf(now).slice(0, 4)}-${pensionId.slice(-8)}`;
  return deps.scoped(viewer, async (tx): Promise<Opened> => {
    const made = await tx
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
        area_codes: card.area_codes,
        org_ids: [insurer, holder],
      })
      .onConflict((taken) => taken.doNothing()) // somebody was first by a moment
      .returning('id')
      .executeTakeFirst();
    return made ? accept({ pensionId, number }) : busy(number);
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
    const pension = await ownPension(tx, pensionId, viewer);
    if (!pension) return refuse({ code: 'insurance.pension_not_found' });
    if (pension.ended_on) return refuse({ code: 'insurance.pension_ended', on: pension.ended_on as Day });
    if (year.to < year.from) return refuse({ code: 'insurance.pension_term', from: year.from, to: year.to });
    const fault = checkParts(year.parts);
    if (fault) return refuse(fault);
    if (year.policyId && !(await isPolicyOf(tx, pension, { ...year, policyId: year.policyId })))
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

/** A programme of the viewer's own insurer, held until the transaction ends. */
async function ownPension(tx: Tx<InsuranceTables>, id: string, viewer: Viewer) {
  const pension = await tx
    .selectFrom('insurance.pension')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return pension?.insurer_org_id === viewer.orgId ? pension : undefined;
}

type Parties = { elevator_id: string; insurer_org_id: string; holder_org_id: string };

/** The policy is the insurer's own, for the same holder and elevator, and in force during the year. */
async function isPolicyOf(
  tx: Tx<InsuranceTables>,
  { elevator_id, insurer_org_id, holder_org_id }: Parties,
  { policyId, from, to }: { policyId: string; from: Day; to: Day },
): Promise<boolean> {
  const { rows } =
    await sql`select from insurance.policy p where p.id = ${policyId} and p.lead_org_id = ${insurer_org_id}
    and p.holder_org_id = ${holder_org_id} and p.state = 'issued' and p.from_on <= ${to}::date and p.to_on >= ${from}::date
    and exists (select from insurance.policy_line l where l.policy_id = p.id and l.elevator_id = ${elevator_id})`.execute(
      tx,
    );
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

export type AskedEnd = { on: Day; reason: EndReason; renewalCost: Fen | null; note: string };
type Ended = Result<{ benefit: Fen | null }, PensionActRefusal>;

/** End a programme; when its elevator was renewed, with what the filed scale brings to the renewal. */
export const closePension = (
  deps: InsuranceDeps,
  viewer: Viewer,
  { pensionId, ...asked }: AskedEnd & { pensionId: string },
): Promise<Ended> =>
  deps.scoped(viewer, async (tx): Promise<Ended> => {
    const pension = await ownPension(tx, pensionId, viewer);
    if (!pension) return refuse({ code: 'insurance.pension_not_found' });
    const file = {
      endedOn: pension.ended_on as Day | null,
      years: await yearsOf(tx, pensionId),
      terms: termsRow.parse(pension.terms),
      today: dayOf(deps.now()),
    };
    const decided = endPension(file, asked);
    if (!decided.ok) return decided;
    const { benefit } = decided.value;
    if (benefit) await oweBenefit(deps, tx, { pension, on: asked.on, benefit });
    await tx
      .updateTable('insurance.pension')
      .set({
        ended_on: asked.on,
        end_reason: asked.reason,
        end_note: asked.note,
        ended_by: viewer.accountId,
        renewal_cost: asked.renewalCost,
        renewal_benefit: benefit,
        version: pension.version + 1,
      })
      .where('id', '=', pensionId)
      .execute();
    return decided;
  });

type Owing = { pension: { number: string; insurer_org_id: string }; on: Day; benefit: Fen };

/** The benefit is owed from the day the programme ended; whoever ended it does not pay it (双人). */
const oweBenefit = (deps: InsuranceDeps, tx: Tx<InsuranceTables>, { pension, on, benefit }: Owing): Promise<void> =>
  book(tx, {
    id: deps.newId(),
    kind: 'benefit_due',
    at: startOf(on),
    leadOrgId: pension.insurer_org_id as OrgId,
    note: pension.number,
    postings: benefitDue(pension.number, benefit),
  });
