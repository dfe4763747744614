import { newId } from '../../kernel/ids.ts';
import type { Kernel } from '../../kernel/module.ts';

const A_NOTICE = {
  number: 'scope',
  no: 1,
  product: '',
  holder: '',
  insurer: '',
  payer: 'owner',
  payerName: '',
  amount: 1,
  dueOn: '2026-12-31',
  from: '2027-01-01',
  to: '2027-12-31',
  elevators: 1,
  account: { bank: '', holder: '', number: '' },
  on: '2026-11-20',
};

type Policy = { policy: string; unit: string; insurer: string };

/** Every policy has a notice, and every unit stands for an insurer with an account: most are foreign to whoever asks. */
export async function askForMoney({ pool }: Pick<Kernel, 'pool'>, { policy, unit, insurer }: Policy): Promise<void> {
  await pool.query(
    `insert into insurance.pay_notice (id, policy_id, no, payer, payer_org_id, amount, due_on, content, hash, made_at, made_by, org_ids)
     values ($1, $2, 1, 'owner', $3, 1, '2026-12-31', $4, 'scope', now(), 'test', array[$3::uuid, $5::uuid])`,
    [newId(), policy, unit, JSON.stringify(A_NOTICE), insurer],
  );
  await pool.query(
    `insert into insurance.premium_account (id, insurer_org_id, bank, holder, number, recorded_at, recorded_by, org_ids)
     values ($1, $2, 'scope', 'scope', '00000000', now(), 'test', array[$2::uuid])`,
    [newId(), unit],
  );
  await pool.query(
    `insert into insurance.evidence (id, subject_kind, subject_id, kind, key, source, as_of_on, recorded_by, needs_second, area_codes, org_ids)
     values ($1, 'org', $2, 'unit_facts', 'complete', 'scope', '2026-01-01', 'test', true, '{}', array[$2::uuid])`,
    [newId(), unit],
  );
}
