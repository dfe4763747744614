import { sql } from 'kysely';
import { z } from 'zod';
import { motif, type tieItem, type tieQuery } from '../../../contract/market.ts';
import type { Tx } from '../../kernel/db.ts';
import { isNumberKey, pageOf, readPlace } from '../../kernel/page.ts';
import { maskName } from '../../kernel/secret-data.ts';
import type { MarketDeps } from './deps.ts';
import { openSeller } from './seller.service.ts';
import type { MarketTables } from './tables.ts';

type Item = z.output<typeof tieItem>;
type Raw = Omit<Item, 'salesperson' | 'motifs' | 'foundAt' | 'seenAt' | 'decidedAt'> & {
  name: string;
  phone: string;
  motifs: unknown;
  foundAt: Date;
  seenAt: Date;
  decidedAt: Date | null;
};
const motifs = z.array(motif);

/** Ties of one state, the heaviest first. Names are masked: to see one is an act of its own. */
export async function listTies(
  tx: Tx<MarketTables>,
  deps: Pick<MarketDeps, 'secret'>,
  { state, after, limit }: z.output<typeof tieQuery>,
) {
  const place = readPlace(after, isNumberKey);
  const { rows } =
    await sql<Raw>`select t.id, t.version, s.name, s.phone, s.licence_no as "licenceNo", i.name as insurer,
      u.name as unit, t.bits, t.method, t.motifs, t.found_at as "foundAt", t.seen_at as "seenAt", t.state,
      t.decided_at as "decidedAt", t.reason
    from market.tie t join market.salesperson s on s.id = t.salesperson_id join identity.org_card i on i.id = t.insurer_org_id
    join identity.org_card u on u.id = t.unit_org_id
    where t.state = ${state ?? 'open'}
      ${place ? sql`and (t.bits, t.id) < (${place.key}::float8, ${place.id}::uuid)` : sql``}
    order by t.bits desc, t.id desc limit ${limit + 1}`.execute(tx);
  return pageOf(rows, limit, {
    place: ({ bits, id }) => ({ key: String(bits), id }),
    item: ({ name, phone, ...row }): Item => ({
      ...row,
      salesperson: maskName(openSeller(deps, { name, phone }).name),
      motifs: motifs.parse(row.motifs),
      foundAt: row.foundAt.toISOString(),
      seenAt: row.seenAt.toISOString(),
      decidedAt: row.decidedAt?.toISOString() ?? null,
    }),
  });
}
