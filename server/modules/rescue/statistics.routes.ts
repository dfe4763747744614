import { writeXlsx } from 'hucre';
import { z } from 'zod';
import { DESK, OFFICIALS } from '../../../contract/identity-vocabulary.ts';
import { statistics, statisticsQuery } from '../../../contract/rescue-figures.ts';
import { type Routes, viewerOf } from '../../kernel/http.ts';
import { type Language, languageOf, say } from '../../kernel/language.ts';
import { sendFile } from '../../kernel/send-file.ts';
import type { RescueDeps } from './deps.ts';
import { csvOf, groupName, tableOf } from './statistics.present.ts';
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

/** The published figures: one function behind screen, API and export. */
export const statisticsRoutes =
  (deps: RescueDeps): Routes =>
  async (app) => {
    const made = (language: Language) => ({
      settings: deps.settings,
      now: deps.now(),
      nameOf: groupName(deps.areaNames, language),
    });

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
      (request) => deps.scoped(viewerOf(request), (tx) => statisticsFor(tx, request.query, made(languageOf(request)))),
    );

    app.get(
      '/rescue/statistics/export',
      { config: READ, schema: { summary: 'The same figures as CSV or XLSX', tags, querystring: exportQuery } },
      async (request, reply) => {
        const { format, ...query } = request.query;
        const figures = await deps.scoped(viewerOf(request), (tx) =>
          statisticsFor(tx, query, made(languageOf(request))),
        );
        const table = tableOf(figures, languageOf(request));
        const name = `rescue-${query.by}-${query.from}-${query.to}`;
        if (format === 'csv') return sendFile(reply, { name, type: 'csv', bytes: csvOf(table) });
        const sheet = { name: say('rescue.statistics.title', languageOf(request)), rows: table.map((r) => [...r]) };
        return sendFile(reply, { name, type: 'xlsx', bytes: await writeXlsx({ sheets: [sheet] }) });
      },
    );
  };
