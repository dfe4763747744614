import { v5 } from 'uuid';
import { fen, sum } from '../../../kernel/money.ts';
import { type Notice as Message, notify } from '../../../kernel/notify.ts';
import { addDays, dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { TAKERS } from '../roles.ts';
import { type Pressing, pressingOn } from './instalment.rules.ts';
import { duesOf, yuanText } from './instalment.service.ts';
import { instalmentTermsOf, policiesWithDues, type Reminded } from './instalment.store.ts';
import { keepPartNotices } from './part-notice.service.ts';
import { policiesFor, type StoredPolicy } from './policy.store.ts';

const LONGEST_REMINDER = 60;
const CODES = { reminded: 'instalment_due', grace: 'instalment_grace', overdue: 'instalment_overdue' } as const;
const CLOCK = 'insurance.instalment_reminder'; // who wrote a notice that no person wrote

type Deps = Pick<InsuranceDeps, 'db' | 'now' | 'newId'>;

/**
 * Ask for parts that are due soon, past their day, or past their grace: each by its numbered notice, where the insurer has a
 * confirmed account to name, and by a message to who pays, once a stage. Answers how many messages were told.
 */
export async function remindOfInstalments(deps: Deps): Promise<number> {
  const at = deps.now();
  const today = dayOf(at);
  const rows = await policiesWithDues(deps.db, { today, until: addDays(today, LONGEST_REMINDER) });
  const ids = rows.map((r) => r.policyId);
  const policies = new Map((await policiesFor(deps.db, ids)).map((p) => [p.id, p]));
  const dues = await duesOf(deps.db, [...policies.values()]);
  let told = 0;
  for (const row of rows) {
    const policy = policies.get(row.policyId);
    const { terms } = await instalmentTermsOf(deps.db, row.productId);
    if (policy && terms)
      told += await remindOf(deps, { row, policy, pressing: pressingOn(terms, dues.get(policy.id) ?? [], today) });
  }
  return told;
}

type Reminding = { row: Reminded; policy: StoredPolicy; pressing: readonly Pressing[] };

/** A policy's notices and messages in one transaction: who is told of a part finds its notice. */
const remindOf = (deps: Deps, { row, policy, pressing }: Reminding): Promise<number> =>
  deps.db.transaction().execute(async (tx) => {
    const parts = new Set(pressing.map((p) => p.no));
    const kept = await keepPartNotices(deps, tx, { policy, by: CLOCK, parts });
    const asked = kept.ok ? kept.value : [];
    const messages = pressing.flatMap((part) => {
      const others = asked.filter((notice) => notice.part === part.no).map((notice) => notice.orgId);
      return messagesOf({ row, policy, part, others }, deps.now());
    });
    await notify(tx, messages);
    return messages.length;
  });

type Telling = { row: Reminded; policy: StoredPolicy; part: Pressing; others: readonly string[] };

/** One message a part and stage, to who pays; past the grace to the insurer too. The cause makes its id: nobody is told twice. */
function messagesOf({ row, policy, part, others }: Telling, at: Date): readonly Message[] {
  const { no, stage, dueOn } = part;
  const amount = yuanText(fen(sum(part.dues.map((d) => d.unpaid))));
  const payers = [...new Set([row.holderOrgId, ...(row.agentOrgId ? [row.agentOrgId] : []), ...others])];
  const tell = (roles: readonly string[], orgIds: readonly string[]): Message => ({
    id: v5(`instalment ${policy.id} ${no} ${stage} ${roles[0] ?? ''}`, v5.URL),
    at,
    to: { roles, audience: { areaCodes: [], orgIds } },
    code: `insurance.notify.${CODES[stage]}`,
    params: { number: policy.number, no, dueOn, amount },
    link: `/insurance/policies/${policy.id}`,
  });
  return [tell(TAKERS, payers), ...(stage === 'overdue' ? [tell(['underwriter', 'cashier'], [policy.leadOrgId])] : [])];
}
