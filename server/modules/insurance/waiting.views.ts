import { sql } from 'kysely';
import type { WaitingKind, Waits } from '../../kernel/waiting.ts';
import { TAKERS } from './roles.ts';

/** What waits for those who take out cover and for the people of an insurer. */
export const insuranceWaiting: readonly WaitingKind[] = [
  {
    code: 'insurance.waiting.money',
    roles: [...TAKERS, 'cashier'],
    ask: () => sql<Waits>`select count(*)::int as count, min(from_on) as "dueOn"
      from insurance.policy where state = 'awaiting_cash'`,
  },
  {
    code: 'insurance.waiting.referrals',
    roles: ['underwriter'],
    ask: () => sql<Waits>`select count(*)::int as count, min(valid_until)::date as "dueOn"
      from insurance.quote where state = 'referred'`,
  },
  {
    code: 'insurance.waiting.endorsements',
    roles: ['underwriter'],
    ask: () => sql<Waits>`select count(*)::int as count, null::date as "dueOn"
      from insurance.endorsement where state = 'asked'`,
  },
  {
    code: 'insurance.waiting.claims',
    roles: ['handler', 'approver', 'surveyor'],
    ask: () => sql<Waits>`select count(*)::int as count, (min(due_at) at time zone 'Asia/Shanghai')::date as "dueOn"
      from insurance.claim where due_at is not null and phase <> 'closed'`,
  },
  {
    code: 'insurance.waiting.payments',
    roles: ['approver', 'cashier'],
    ask: ({ role }) => sql<Waits>`select count(*)::int as count, null::date as "dueOn"
      from insurance.claim_payment where state = ${role === 'cashier' ? 'ordered' : 'proposed'}`,
  },
];
