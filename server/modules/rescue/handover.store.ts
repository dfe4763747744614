import type { Selectable } from 'kysely';
import type { z } from 'zod';
import type { handover } from '../../../contract/rescue-field.ts';
import type { Db } from '../../kernel/db.ts';
import type { IncidentId } from '../../kernel/ids.ts';
import { invariant } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import type { RescueDeps } from './deps.ts';
import type { HandoverRow } from './field.tables.ts';
import type { RescueTables } from './tables.ts';
import { countUnplaced } from './unplaced.views.ts';

type Item = z.input<typeof handover>;
type Left = Selectable<HandoverRow>;

const MOST_NAMED = 20;

/** Shifts with the most urgent of what they left open named; all of it is counted. */
async function itemsOf(db: Db<RescueTables>, rows: readonly Left[]): Promise<Item[]> {
  const ids = rows.flatMap((h) => h.open_ids.slice(0, MOST_NAMED)) as IncidentId[];
  const named =
    ids.length === 0
      ? []
      : await db.selectFrom('rescue.incident').select(['id', 'number', 'address']).where('id', 'in', ids).execute();
  const byId = new Map<string, (typeof named)[number]>(named.map((n) => [n.id, n]));
  return rows.map((h) => ({
    ...itemOf(h),
    open: h.open_ids.slice(0, MOST_NAMED).flatMap((id) => byId.get(id) ?? []),
  }));
}

async function withNames(db: Db<RescueTables>, row: Left): Promise<Item> {
  const [item] = await itemsOf(db, [row]);
  invariant(item, 'one shift in, one out');
  return item;
}

const itemOf = (h: Left): Omit<Item, 'open'> => ({
  id: h.id,
  at: h.at.toISOString(),
  fromAccount: h.from_account,
  toAccount: h.to_account,
  note: h.note,
  openIds: h.open_ids,
  unplaced: h.unplaced,
  acceptedAt: h.accepted_at?.toISOString() ?? null,
});

/** The last shifts, newest first. */
export const lastHandovers = async (db: Db<RescueTables>): Promise<Item[]> =>
  itemsOf(db, await db.selectFrom('rescue.handover').selectAll().orderBy('at', 'desc').limit(20).execute());

/** Leave the shift: a note, every incident that is still open at this moment, and how many calls no elevator is known of. */
export async function leaveHandover(deps: RescueDeps, viewer: Viewer, note: string): Promise<Item> {
  return deps.scoped(viewer, async (tx) => {
    const open = await tx
      .selectFrom('rescue.incident')
      .select('id')
      .where('end_name', 'is', null)
      .orderBy((e) => e('phase', '=', 'released'))
      .orderBy('danger', 'desc')
      .orderBy('aware_at')
      .execute();
    const row = await tx
      .insertInto('rescue.handover')
      .values({
        id: deps.newId(),
        at: deps.now(),
        from_account: viewer.displayName,
        to_account: '',
        note,
        open_ids: open.map((o) => o.id),
        unplaced: await countUnplaced(tx),
        accepted_at: null,
        area_codes: [...viewer.scope.areas],
        org_ids: viewer.orgId ? [viewer.orgId] : [],
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return withNames(tx, row);
  });
}

/** Take the shift. The first who does it has it. */
export async function acceptHandover(deps: RescueDeps, viewer: Viewer, id: string): Promise<Item | undefined> {
  return deps.scoped(viewer, async (tx) => {
    await tx
      .updateTable('rescue.handover')
      .set({ to_account: viewer.displayName, accepted_at: deps.now() })
      .where('id', '=', id)
      .where('accepted_at', 'is', null)
      .execute();
    const row = await tx.selectFrom('rescue.handover').selectAll().where('id', '=', id).executeTakeFirst();
    return row && withNames(tx, row);
  });
}
