import type { z } from 'zod';
import { healthSchema, onlineQuery, type onlineRow, onlineSchema } from '../../../contract/telemetry.ts';
import { type Routes, viewerOf } from '../../kernel/http.ts';
import { languageOf, say } from '../../kernel/language.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { sendTable, tableFormat } from '../../kernel/table-file.ts';
import { dayOf } from '../../kernel/time.ts';
import { onlineSince, type TelemetryDeps } from './deps.ts';
import { healthOf, onlineBy } from './online.views.ts';

const READ = { access: 'signed_in', grant: 'telemetry:read' } as const;
const tags = ['telemetry'];
const DAY_MS = 86_400_000;

type Row = z.infer<typeof onlineRow>;

/** What a row of the file says, in the order of the screen's columns. */
const COLUMNS: readonly { name: string; of: (row: Row) => string }[] = [
  { name: 'web.health.column.elevators', of: (row) => String(row.elevators) },
  { name: 'web.health.column.heard', of: (row) => String(row.heard) },
  { name: 'web.health.column.online', of: (row) => String(row.online) },
  {
    name: 'telemetry.export.share',
    of: ({ onlineShare }) => (onlineShare === null ? '' : (onlineShare * 100).toFixed(1)),
  },
  { name: 'web.health.column.gaps', of: (row) => String(row.gaps) },
  { name: 'telemetry.export.gap_seconds', of: (row) => String(row.gapSeconds) },
  { name: 'web.health.column.offlineFindings', of: (row) => String(row.offlineFindings) },
];

/** Is the city heard? */
export const onlineRoutes =
  (deps: TelemetryDeps): Routes =>
  async (app) => {
    const { scoped, now } = deps;
    app.get(
      '/telemetry/health',
      {
        config: READ,
        schema: { summary: 'Elevators heard, online and with findings', tags, response: { 200: healthSchema } },
      },
      async (request) => scoped(viewerOf(request), (tx) => healthOf(tx, { now: now(), since: onlineSince(deps) })),
    );
    app.get(
      '/telemetry/online',
      {
        config: READ,
        schema: {
          summary: 'Online rate and gaps by sender, unit, maker, division or building',
          tags,
          querystring: onlineQuery,
          response: { 200: onlineSchema },
        },
      },
      async (request) => ({
        at: now().toISOString(),
        offlineAfterSeconds: deps.thresholds.offlineSeconds,
        items: await countOnline(deps, viewerOf(request), request.query),
      }),
    );
    app.get(
      '/telemetry/online/export',
      {
        config: { ...READ, rateLimit: { max: 20, timeWindow: 60_000 } },
        schema: { summary: 'The same as a file', tags, querystring: onlineQuery.extend(tableFormat) },
      },
      async (request, reply) => {
        const language = languageOf(request);
        const { by } = request.query;
        const counted = await countOnline(deps, viewerOf(request), request.query);
        const head = [say(`web.health.view.${by}`, language), ...COLUMNS.map(({ name }) => say(name, language))];
        const unknown = say('web.state.unknown', language);
        async function* rows() {
          for (const row of counted) yield [row.name || unknown, ...COLUMNS.map(({ of }) => of(row))];
        }
        const name = `online-${by}-${dayOf(now())}`;
        return sendTable(reply, { name, head, rows: rows() }, request.query);
      },
    );
  };

type Query = z.infer<typeof onlineQuery>;

function countOnline(deps: TelemetryDeps, viewer: Viewer, { by, area, from }: Query): Promise<Row[]> {
  const gapsFrom = from ? new Date(from) : new Date(deps.now().getTime() - DAY_MS);
  const span = { since: onlineSince(deps), gapsFrom, areaName: deps.areaName };
  return deps.scoped(viewer, (tx) => onlineBy(tx, { by, area: area ?? null }, span));
}
