import { sql } from 'kysely';
import type { z } from 'zod';
import type { letterItem, letterQuery } from '../../../contract/prevention-figures.ts';
import type { Db } from '../../kernel/db.ts';
import { isDayKey, pageOf, readPlace } from '../../kernel/page.ts';
import { dayOf } from '../../kernel/time.ts';
import type { PreventionTables } from './tables.ts';

type Item = z.output<typeof letterItem>;
type Raw = Omit<Item, 'at' | 'answeredAt' | 'late'> & { at: Date; answeredAt: Date | null };

/** Suggestions and appeals as far as the viewer sees them, those due first on top. */
export async function listLetters(
  db: Db<PreventionTables>,
  { show, after, limit }: z.output<typeof letterQuery>,
  now: Date,
) {
  const place = readPlace(after, isDayKey);
  const { rows } =
    await sql<Raw>`select l.id, l.version, l.number, l.kind, i.name as insurer, l.from_role as "fromRole",
      o.name as "from", l.text, l.at, l.due_on::text as "dueOn", l.answered_at as "answeredAt", l.outcome, l.answer
    from prevention.letter l join identity.org_card i on i.id = l.insurer_org_id
    left join identity.org_card o on o.id = l.from_org_id
    where (l.answered_at is not null) = ${show === 'answered'}
      ${place ? sql`and (l.due_on, l.id) > (${place.key}::date, ${place.id}::uuid)` : sql``}
    order by l.due_on, l.id limit ${limit + 1}`.execute(db);
  return pageOf(rows, limit, {
    place: ({ dueOn, id }) => ({ key: dueOn, id }),
    item: (row): Item => ({
      ...row,
      at: row.at.toISOString(),
      answeredAt: row.answeredAt?.toISOString() ?? null,
      late: dayOf(row.answeredAt ?? now) > row.dueOn,
    }),
  });
}
