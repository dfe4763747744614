import { auditList, auditQuerySchema } from '../../../contract/identity-audit.ts';
import { type AuditLine, readAudit } from '../../kernel/audit.ts';
import type { Db } from '../../kernel/db.ts';
import { type Routes, viewerOf } from '../../kernel/http.ts';
import type { Scoped } from '../../kernel/scope.ts';
import { namesOfActors } from './audit.views.ts';
import type { IdentityTables } from './tables.ts';

/** The audit: everything for auditors; for administrators what concerns accounts, people and organisations. */
export const auditRoutes =
  (deps: { db: Db<IdentityTables>; scoped: Scoped<IdentityTables> }): Routes =>
  async (app) => {
    app.get(
      '/audit',
      {
        schema: {
          summary: 'Who changed or looked at what, newest first',
          tags: ['audit'],
          querystring: auditQuerySchema,
          response: { 200: auditList },
        },
        config: { access: ['auditor', 'administrator'] },
      },
      async (request) => {
        const { limit } = request.query;
        const read = await deps.scoped(viewerOf(request), (tx) =>
          readAudit(tx, { ...request.query, limit: limit + 1 }),
        );
        const lines = read.slice(0, limit);
        const names = await namesOfActors(
          deps.db,
          lines.map((l) => l.actor),
        );
        const next = read.length > limit ? (lines.at(-1)?.id ?? null) : null;
        return { items: lines.map((line) => shown(line, names)), next };
      },
    );
  };

const shown = (line: AuditLine, names: ReadonlyMap<string, string>) => ({
  ...line,
  at: line.at.toISOString(),
  actorName: names.get(line.actor) ?? line.actor,
});
