import { sql } from 'kysely';
import type { z } from 'zod';
import type { listQuery, sellerItem } from '../../../contract/market.ts';
import type { Tx } from '../../kernel/db.ts';
import { maskName, maskPhone } from '../../kernel/secret-data.ts';
import type { MarketDeps } from './deps.ts';
import { openSeller } from './seller.service.ts';
import type { MarketTables } from './tables.ts';

type Item = z.output<typeof sellerItem>;

/** Salespeople as far as the viewer sees them, masked, the newest first. */
export async function listSellers(
  tx: Tx<MarketTables>,
  deps: Pick<MarketDeps, 'secret'>,
  { after, limit }: z.output<typeof listQuery>,
) {
  const { rows } = await sql<Item>`select s.id, s.version, o.name as insurer, s.name, s.phone,
      s.account_tail as "accountTail", s.licence_no as "licenceNo", s.from_on::text as "fromOn", s.left_on::text as "leftOn",
      (select count(*)::int from market.placement p where p.salesperson_id = s.id) as placements
    from market.salesperson s join identity.org_card o on o.id = s.insurer_org_id
    where (${after ?? null}::uuid is null or s.id < ${after ?? null}::uuid)
    order by s.id desc limit ${limit + 1}`.execute(tx);
  const items = rows.slice(0, limit).map((row): Item => {
    const { name, phone } = openSeller(deps, row);
    return { ...row, name: maskName(name), phone: maskPhone(phone) };
  });
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
