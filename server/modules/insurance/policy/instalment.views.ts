import type { Db } from '../../../kernel/db.ts';
import type { Day } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';
import { stageOn } from './instalment.rules.ts';
import { duesOf } from './instalment.service.ts';
import { instalmentTermsOf, runningNotice } from './instalment.store.ts';
import type { StoredPolicy } from './policy.store.ts';

/** How a policy is paid in parts, each part with what is missing and how pressing it is; null: it is paid at once. */
export async function viewInstalments(db: Db<InsuranceTables>, policy: StoredPolicy, today: Day) {
  const dues = (await duesOf(db, [policy])).get(policy.id);
  if (!dues || !policy.productId) return null;
  const { terms } = await instalmentTermsOf(db, policy.productId);
  if (!terms) return null;
  const notice = await runningNotice(db, policy.id);
  return {
    graceDays: terms.graceDays,
    noticeDays: terms.noticeDays,
    items: [...dues]
      .sort((a, b) => a.no - b.no)
      .map(({ no, dueOn, payer, asked, unpaid }) => ({
        no,
        dueOn,
        payer,
        amount: asked,
        unpaid,
        stage: unpaid === 0 ? ('paid' as const) : stageOn(terms, dueOn, today),
      })),
    notice: notice && policy.state === 'issued' ? notice : null,
  };
}
