import { writeXlsx } from 'hucre';
import { z } from 'zod';
import { statistics, statisticsQuery } from '../../../contract/rescue.ts';
import { type Routes, viewerOf } from '../../kernel/http.ts';
import { type Language, languageOf, say } from '../../kernel/language.ts';
import { DESK, OFFICIALS } from '../identity/index.ts';
import type { RescueDeps } from './deps.ts';
import { statisticsFor } from './statistics.views.ts';

const tags = ['rescue'];
/** Units see the figures of their own elevators; the scope takes care of it. */
const READ = {
  access: [
    ...OFFICIALS,
    ...DESK,
    'rescue_station',
    'maintenance_manager',
    'use_unit_head',
    'safety_director',
    'inspector',
  ],
  grant: 'statistics:read',
} as const;
const exportQuery = statisticsQuery.extend({ format: z.enum(['csv', 'xlsx']) });

type Statistics = Awaited<ReturnType<typeof statisticsFor>>;

/** The published figures: one function behind screen, API and export. */
export const statisticsRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    const made = () => ({ settings: deps.settings, now: deps.now() });

    app.get(
      '/rescue/statistics',
      {
        config: READ,
        schema: {
          summary: 'Rescue figures of a span of days',
          tags,
          querystring: statisticsQuery,
          response: { 200: statistics },
        },
      },
      (request) => deps.scoped(viewerOf(request), (tx) => statisticsFor(tx, request.query, made())),
    );

    app.get(
      '/rescue/statistics/export',
      { config: READ, schema: { summary: 'The same figures as CSV or XLSX', tags, querystring: exportQuery } },
      async (request, reply) => {
        const { format, ...query } = request.query;
        const figures = await deps.scoped(viewerOf(request), (tx) => statisticsFor(tx, query, made()));
        const table = tableOf(figures, languageOf(request));
        const name = `rescue-${query.by}-${query.from}-${query.to}.${format}`;
        reply.header('content-disposition', `attachment; filename="${name}"`);
        if (format === 'csv') return reply.type('text/csv; charset=utf-8').send(csvOf(table));
        const sheet = { name: say('rescue.statistics.title', languageOf(request)), rows: table.map((r) => [...r]) };
        reply.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
        return reply.send(Buffer.from(await writeXlsx({ sheets: [sheet] })));
      },
    );
  };

type Cell = string | number | null;

const COLUMNS = [
  'group',
  'incidents',
  'people',
  'arrival_mean',
  'arrival_p50',
  'arrival_p90',
  'rescue_mean',
  'trapped_mean',
  'response_rate',
  'arrival_rate',
  'elevators',
  'rate_per_100',
] as const;

function tableOf(figures: Statistics, language: Language): readonly (readonly Cell[])[] {
  const head = COLUMNS.map((c) => say(`rescue.statistics.column.${c}`, language));
  const round = (n: number | null | undefined): Cell =>
    n === null || n === undefined ? null : Math.round(n * 1_000) / 1_000;
  const lines = [...figures.rows, figures.total].map((r): Cell[] => [
    r.key === 'total' ? say('rescue.statistics.total', language) : r.name || say('rescue.statistics.unknown', language),
    r.incidents,
    r.people,
    round(r.arrival?.mean),
    round(r.arrival?.p50),
    round(r.arrival?.p90),
    round(r.rescue?.mean),
    round(r.trapped?.mean),
    round(r.responseRate),
    round(r.arrivalRate),
    r.elevators,
    round(r.ratePer100),
  ]);
  return [head, ...lines];
}

/** With a byte order mark, so that spreadsheets read Chinese; a text that looks like a formula is made plain. */
const csvOf = (table: readonly (readonly Cell[])[]): string =>
  `\uFEFF${table.map((r) => r.map(cellText).join(',')).join('\r\n')}\r\n`;

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const plain = /^[=+\-@\t]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
