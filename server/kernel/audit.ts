import { sql } from 'kysely';
import type { AnyDb, AnyTx } from './db.ts';

/** One line of the audit: who changed or looked at what, when, before and after. */
export type AuditLine = {
  id: number;
  at: Date;
  actor: string; // an account's or client's id, 'event:<type>', 'cli', or '' for the system itself
  action: string; // insert, update, delete, or a named act such as 'unmask'
  object: string; // the table, or what the act was on
  rowId: string | null;
  before: unknown;
  after: unknown;
};

/** Keep an act that changes no row, such as a look at personal data. The actor is the transaction's own. */
export async function keepAct(
  tx: AnyTx,
  act: { action: string; object: string; rowId: string; after: Readonly<Record<string, unknown>> },
): Promise<void> {
  await sql`select kernel.keep_act(${act.action}, ${act.object}, ${act.rowId}, ${JSON.stringify(act.after)}::jsonb)`.execute(
    tx,
  );
}

export type AuditFilter = {
  actor?: string | undefined;
  action?: string | undefined;
  object?: string | undefined; // exact, or a whole schema as 'identity.'
  rowId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  before?: number | undefined; // the id below which to go on
  limit: number;
};

/** The audit, newest first, as far as the viewer of the transaction may read it. */
export async function readAudit(db: AnyDb, filter: AuditFilter): Promise<AuditLine[]> {
  const conditions = [
    filter.actor === undefined ? undefined : sql`actor = ${filter.actor}`,
    filter.action === undefined ? undefined : sql`action = ${filter.action}`,
    filter.object === undefined
      ? undefined
      : filter.object.endsWith('.')
        ? sql`starts_with(object, ${filter.object})`
        : sql`object = ${filter.object}`,
    filter.rowId === undefined ? undefined : sql`row_id = ${filter.rowId}`,
    filter.from === undefined ? undefined : sql`at >= ${filter.from}::timestamptz`,
    filter.to === undefined ? undefined : sql`at < ${filter.to}::timestamptz`,
    filter.before === undefined ? undefined : sql`id < ${filter.before}`,
  ].filter((c) => c !== undefined);
  const { rows } = await sql<AuditLine>`select id, at, actor, action, object, row_id as "rowId", before, after
    from kernel.audit where true ${sql.join(
      conditions.map((c) => sql`and ${c}`),
      sql` `,
    )}
    order by id desc limit ${filter.limit}`.execute(db);
  return rows;
}
