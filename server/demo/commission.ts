import { sql } from 'kysely';
import type { OrgId } from '../kernel/ids.ts';
import { factor } from '../kernel/money.ts';
import { dayOf } from '../kernel/time.ts';
import type { InsuranceDeps } from '../modules/insurance/deps.ts';
import { agree, fileRate } from '../modules/insurance/money/commission.service.ts';
import type { CastOrg } from './cast.ts';
import { sure, viewerOf } from './insurance.says.ts';
import type { DemoWorld } from './seed.ts';

/** What the invented co-insurers say they filed, lead first. The lowest is what the pool may pay. */
const RATES = ['0.1', '0.08', '0.085'];

/** Every member of the pool has a filed commission rate. */
export async function fileRates(world: DemoWorld, deps: InsuranceDeps, pool: readonly CastOrg[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from insurance.scheme order by opened_on, code limit 1`.execute(
    deps.db,
  );
  const from = dayOf(deps.now());
  for (const [i, org] of pool.entries()) {
    const filed = {
      schemeId: rows[0]?.id ?? '',
      rate: factor(RATES[i] ?? '0'),
      filingNo: `示例费用备案第${i + 1}号`,
      from,
    };
    sure(await fileRate(deps, viewerOf(org.id, 'underwriter', world), filed));
  }
}

/** Every third policy came by the broker, who is paid for it. */
export async function payBroker(
  world: DemoWorld,
  deps: InsuranceDeps,
  { policyId, lead, i }: { policyId: string; lead: OrgId; i: number },
): Promise<void> {
  const broker = world.cast.orgs.find((o) => o.key === 'broker');
  if (!broker || i % 3 !== 0) return;
  const asked = { policyId, payeeOrgId: broker.id, rate: null };
  sure(await agree(deps, viewerOf(lead, 'underwriter', world), asked));
}
