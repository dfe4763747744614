import { sql } from 'kysely';
import type { z } from 'zod';
import type { pageQuery } from '../../../contract/prevention.ts';
import { type checkItem, insurerFigures } from '../../../contract/prevention-figures.ts';
import type { Db } from '../../kernel/db.ts';
import { dayOf } from '../../kernel/time.ts';
import type { PreventionTables } from './tables.ts';

type Item = z.output<typeof checkItem>;
type Raw = Omit<Item, 'madeAt' | 'repliedAt' | 'late' | 'figures'> & {
  madeAt: Date;
  repliedAt: Date | null;
  figures: unknown;
};

const columns = sql`c.id, c.version, c.number, o.name as insurer, c.from_on::text as "from", c.to_on::text as "to", c.office,
  c.opinion, c.demands, c.reply_due_on::text as "replyDueOn", c.made_at as "madeAt", c.reply, c.replied_at as "repliedAt",
  c.hash, c.figures`;

const itemOf = (row: Raw, now: Date): Item => ({
  ...row,
  madeAt: row.madeAt.toISOString(),
  repliedAt: row.repliedAt?.toISOString() ?? null,
  late: dayOf(row.repliedAt ?? now) > row.replyDueOn,
  figures: insurerFigures.parse(row.figures),
});

/** Checks as far as the viewer sees them, the newest first. */
export async function listChecks(db: Db<PreventionTables>, { after, limit }: z.output<typeof pageQuery>, now: Date) {
  const { rows } = await sql<Raw>`select ${columns} from prevention.performance_check c
    join identity.org_card o on o.id = c.insurer_org_id
    where (${after ?? null}::uuid is null or c.id < ${after ?? null}::uuid) order by c.id desc limit ${limit + 1}`.execute(
    db,
  );
  const items = rows.slice(0, limit).map((row) => itemOf(row, now));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

export async function findCheck(db: Db<PreventionTables>, id: string, now: Date): Promise<Item | undefined> {
  const { rows } = await sql<Raw>`select ${columns} from prevention.performance_check c
    join identity.org_card o on o.id = c.insurer_org_id where c.id = ${id}`.execute(db);
  return rows[0] && itemOf(rows[0], now);
}
