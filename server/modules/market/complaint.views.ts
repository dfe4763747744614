import { sql } from 'kysely';
import type { z } from 'zod';
import type { complaintItem, complaintQuery, fairPage } from '../../../contract/market.ts';
import type { Db } from '../../kernel/db.ts';
import { isDayKey, pageOf, readPlace } from '../../kernel/page.ts';
import { dayOf } from '../../kernel/time.ts';
import { marketShares } from '../insurance/index.ts';
import type { MarketDeps } from './deps.ts';
import type { MarketTables } from './tables.ts';

type Item = z.output<typeof complaintItem>;
type Raw = Omit<Item, 'at' | 'answeredAt' | 'late'> & { at: Date; answeredAt: Date | null };

/** Complaints as far as the viewer sees them, those due first on top. */
export async function listComplaints(
  db: Db<MarketTables>,
  { show, after, limit }: z.output<typeof complaintQuery>,
  today: string,
) {
  const place = readPlace(after, isDayKey);
  const { rows } = await sql<Raw>`select c.id, c.version, c.number, c.topic, o.name as about, c.text,
      c.from_role as "fromRole", c.at, c.due_on::text as "dueOn", c.answered_at as "answeredAt", c.outcome, c.answer
    from market.complaint c left join identity.org_card o on o.id = c.about_org_id
    where (c.answered_at is not null) = ${show === 'answered'}
      ${place ? sql`and (c.due_on, c.id) > (${place.key}::date, ${place.id}::uuid)` : sql``}
    order by c.due_on, c.id limit ${limit + 1}`.execute(db);
  return pageOf(rows, limit, {
    place: ({ dueOn, id }) => ({ key: dueOn, id }),
    item: (row): Item => ({
      ...row,
      at: row.at.toISOString(),
      answeredAt: row.answeredAt?.toISOString() ?? null,
      late: (row.answeredAt ? dayOf(row.answeredAt) : today) > row.dueOn,
    }),
  });
}

/** The page of the fair market: the published rules, who sells how much, how complaints end. City-wide sums, no names of people. */
export async function fairMarket({ db, settings, now }: MarketDeps): Promise<z.output<typeof fairPage>> {
  const insurers = await marketShares(db, dayOf(now()));
  const all = insurers.reduce((n, i) => n + i.elevators, 0);
  const { rows } = await sql<{ received: number; answered: number; founded: number }>`select count(*)::int as received,
      count(answered_at)::int as answered, count(*) filter (where outcome = 'founded')::int as founded
    from market.complaint`.execute(db);
  return {
    rules: settings.rules.map(({ code, text, namedIn }) => ({ code, text, namedIn: [...namedIn] })),
    topics: [...settings.topics],
    complaintDays: settings.complaintDays,
    insurers: [...insurers],
    topSharePercent: all === 0 ? null : Math.round(((insurers[0]?.elevators ?? 0) * 1_000) / all) / 10,
    complaints: rows[0] ?? { received: 0, answered: 0, founded: 0 },
  };
}
