import { sql } from 'kysely';
import type { OrgId } from '../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { addWorkingDays, dayOf } from '../../kernel/time.ts';
import type { MarketDeps } from './deps.ts';

export type NewComplaint = { topic: string; aboutOrgId: OrgId | null; areas: readonly string[]; text: string };
export type ComplaintRefusal =
  | { code: 'market.complaint_topic'; topic: string }
  | { code: 'market.complaint_not_found' }
  | { code: 'market.complaint_answered' }
  | { code: 'market.changed_meanwhile' };

/** Anybody signed in may complain of how insurers are chosen or sold. The clock runs from the next working day. */
export const complain = (
  deps: MarketDeps,
  viewer: Viewer,
  said: NewComplaint,
): Promise<Result<{ complaintId: string; number: string; dueOn: string }, ComplaintRefusal>> =>
  deps.scoped(
    viewer,
    async (tx): Promise<Result<{ complaintId: string; number: string; dueOn: string }, ComplaintRefusal>> => {
      if (!deps.settings.topics.includes(said.topic))
        return refuse({ code: 'market.complaint_topic', topic: said.topic });
      const now = deps.now();
      const today = dayOf(now);
      const { rows } = await sql<{ n: number }>`select nextval('market.number')::int as n`.execute(tx);
      const number = `TS-${today.slice(0, 4)}-${String(rows[0]?.n ?? 0).padStart(6, '0')}`;
      const dueOn = addWorkingDays(today, deps.settings.complaintDays, deps.calendar);
      const id = deps.newId();
      await tx
        .insertInto('market.complaint')
        .values({
          id,
          number,
          topic: said.topic,
          about_org_id: said.aboutOrgId,
          text: said.text,
          from_role: viewer.role,
          actor: viewer.accountId,
          at: now,
          due_on: dueOn,
          answered_at: null,
          outcome: null,
          answer: '',
          area_codes: [...said.areas],
          org_ids: viewer.orgId ? [viewer.orgId] : [],
        })
        .execute();
      return accept({ complaintId: id, number, dueOn });
    },
  );

/** An office answers, once. */
export const answerComplaint = (
  deps: MarketDeps,
  viewer: Viewer,
  said: { id: string; version: number; outcome: 'founded' | 'unfounded' | 'passed_on'; answer: string },
): Promise<Result<{ ok: true }, ComplaintRefusal>> =>
  deps.scoped(viewer, async (tx): Promise<Result<{ ok: true }, ComplaintRefusal>> => {
    const row = await tx
      .selectFrom('market.complaint')
      .selectAll()
      .where('id', '=', said.id)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return refuse({ code: 'market.complaint_not_found' });
    if (row.answered_at) return refuse({ code: 'market.complaint_answered' });
    if (row.version !== said.version) return refuse({ code: 'market.changed_meanwhile' });
    await tx
      .updateTable('market.complaint')
      .set({ answered_at: deps.now(), outcome: said.outcome, answer: said.answer, version: row.version + 1 })
      .where('id', '=', said.id)
      .execute();
    return accept({ ok: true as const });
  });
