import type { Tx } from '../../../kernel/db.ts';
import { accept, type Result, refuse } from '../../../kernel/result.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import type { InsuranceTables } from '../tables.ts';
import { servicesRow } from './pension.views.ts';

export type PensionCost = {
  id: string;
  yearId: string;
  service: string;
  on: string;
  amount: number; // fen
  times: number; // how many of the services owed it covers
  voucher: string;
  note: string;
};
export type PensionCostRefusal =
  | { code: 'insurance.pension_not_found' }
  | { code: 'insurance.pension_service'; service: string }
  | { code: 'insurance.pension_voucher'; voucher: string }
  | { code: 'insurance.pension_future'; on: string; today: string }
  | { code: 'insurance.pension_cost_not_found' }
  | { code: 'insurance.pension_cost_reversed' };
type Booked = Result<{ costId: string }, PensionCostRefusal>;

/** Book what services of a year really cost, once per voucher. Sent again with its own id it changes nothing. */
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
    if (!servicesRow.parse(year.services).some((s) => s.code === cost.service))
      return refuse({ code: 'insurance.pension_service', service: cost.service });
    const known = await entriesOf(tx, cost);
    if (known.some((one) => one.id === cost.id)) return accept({ costId: cost.id });
    const taken = () => refuse({ code: 'insurance.pension_voucher' as const, voucher: cost.voucher });
    if (known.some((one) => !one.isReversed)) return taken();
    const { id, yearId, on, ...rest } = cost;
    const made = await tx
      .insertInto('insurance.pension_cost')
      .values({
        ...rest,
        id,
        year_id: yearId,
        on_day: on,
        turn: known.length,
        reverses: null,
        written_at: deps.now(),
        actor: viewer.accountId,
        area_codes: year.area_codes,
        org_ids: year.org_ids,
      })
      .onConflict((other) => other.doNothing()) // the same voucher, a moment before
      .returning('id')
      .executeTakeFirst();
    return made ? accept({ costId: id }) : taken();
  });

/** What was booked under a voucher of a service and year so far. */
async function entriesOf(
  tx: Tx<InsuranceTables>,
  { yearId, service, voucher }: Pick<PensionCost, 'yearId' | 'service' | 'voucher'>,
): Promise<readonly { id: string; isReversed: boolean }[]> {
  const rows = await tx
    .selectFrom('insurance.pension_cost as c')
    .leftJoin('insurance.pension_cost as r', 'r.reverses', 'c.id')
    .select(['c.id', 'r.id as back'])
    .where('c.year_id', '=', yearId)
    .where('c.service', '=', service)
    .where('c.voucher', '=', voucher)
    .where('c.reverses', 'is', null)
    .execute();
  return rows.map(({ id, back }) => ({ id, isReversed: back !== null }));
}

type Reversal = { id: string; costId: string; reason: string };

/** Take a cost back by its opposite, once; both stay in the ledger, and the voucher may be booked again. */
export const reversePensionCost = (
  deps: InsuranceDeps,
  viewer: Viewer,
  { id, costId, reason }: Reversal,
): Promise<Booked> =>
  deps.scoped(viewer, async (tx): Promise<Booked> => {
    const cost = await tx
      .selectFrom('insurance.pension_cost as c')
      .innerJoin('insurance.pension_year as y', 'y.id', 'c.year_id')
      .innerJoin('insurance.pension as p', 'p.id', 'y.pension_id')
      .selectAll('c')
      .select('p.insurer_org_id')
      .where('c.id', '=', costId)
      .executeTakeFirst();
    if (!cost || cost.insurer_org_id !== viewer.orgId) return refuse({ code: 'insurance.pension_cost_not_found' });
    if (cost.reverses) return refuse({ code: 'insurance.pension_cost_reversed' });
    const { insurer_org_id: _, ...entry } = cost;
    await tx
      .insertInto('insurance.pension_cost')
      .values({
        ...entry,
        id,
        amount: -cost.amount,
        note: reason,
        reverses: costId,
        written_at: deps.now(),
        actor: viewer.accountId,
      })
      .onConflict((other) => other.doNothing())
      .execute();
    const back = await tx
      .selectFrom('insurance.pension_cost')
      .select('id')
      .where('reverses', '=', costId)
      .executeTakeFirst();
    return back?.id === id ? accept({ costId: id }) : refuse({ code: 'insurance.pension_cost_reversed' });
  });
