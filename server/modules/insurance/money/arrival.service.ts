import type { Tx } from '../../../kernel/db.ts';
import type { InsuranceDeps } from '../deps.ts';
import { cureNotices } from '../policy/instalment.service.ts';
import type { InsuranceTables } from '../tables.ts';
import { accrueCommission } from './commission.service.ts';

/** What follows when premium money moved on policies: commission is earned or clawed back, a notice of unpaid parts is cured. */
export async function premiumMoved(
  deps: InsuranceDeps,
  tx: Tx<InsuranceTables>,
  policyIds: readonly string[],
): Promise<void> {
  await accrueCommission(deps, tx, policyIds);
  await cureNotices(deps, tx, policyIds);
}
