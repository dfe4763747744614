import { z } from 'zod';
import {
  type ImportRunView,
  importFaults,
  importPrepared,
  importRun,
  importRuns,
  importStart,
} from '../../../contract/registry-imports.ts';
import { csvOf } from '../../kernel/csv.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import { type Language, languageOf, say } from '../../kernel/language.ts';
import { sendFile } from '../../kernel/send-file.ts';
import { tableStatus, takeTable } from '../../kernel/table-upload.ts';
import { cancelImport, type ImportDeps, type ImportRefusal, prepareImport, startImport } from './import.service.ts';
import { findRun, listFaults, listRuns, type Run, type StoredFault } from './import.store.ts';
import { writeTemplate } from './import-template.ts';
import { REGISTRARS } from './roles.ts';

const status: Readonly<Record<ImportRefusal['code'] | keyof typeof tableStatus, number>> = {
  ...tableStatus,
  'registry.not_found': 404,
  'registry.import_kind_unknown': 422,
  'registry.import_running': 409,
  'registry.import_over': 409,
  'registry.mapping_missing': 422,
};

const byId = z.object({ id: z.uuid() });
/** Imports: upload, look, start, follow, and take the list of faults away. `enqueue` asks for the background work. */
export const importRoutes =
  (deps: ImportDeps, enqueue: (runId: string) => Promise<void>): Routes =>
  async (app) => {
    app.post(
      '/imports',
      {
        config: { access: REGISTRARS, rateLimit: { max: 60, timeWindow: 60_000 } },
        schema: {
          summary: 'Upload a table (multipart, field `file`)',
          consumes: ['multipart/form-data'],
          querystring: z.object({ kind: z.string().max(40), source: z.string().min(1).max(80) }),
          response: { 201: importPrepared },
        },
      },
      async (request, reply) => {
        const sent = await takeTable(deps, request);
        if (!sent.ok) return problem(reply, status, sent.refusal);
        const { kind, source } = request.query;
        const done = await prepareImport(deps, viewerOf(request), {
          kind,
          sourceName: source,
          fileName: sent.value.fileName,
          file: sent.value.file,
        });
        if (!done.ok) return problem(reply, status, done.refusal);
        return reply.code(201).send({ ...viewOf(deps, done.value.run), sample: done.value.sample });
      },
    );

    app.get(
      '/imports',
      { config: { access: REGISTRARS }, schema: { summary: 'Imports, newest first', response: { 200: importRuns } } },
      async (request) => {
        const runs = await deps.scoped(viewerOf(request), (tx) => listRuns(tx, 100));
        return { items: runs.map((run) => viewOf(deps, run)) };
      },
    );

    app.get(
      '/imports/:id',
      {
        config: { access: REGISTRARS },
        schema: { summary: 'How far an import is', params: byId, response: { 200: importRun } },
      },
      async (request, reply) => {
        const run = await deps.scoped(viewerOf(request), (tx) => findRun(tx, request.params.id));
        return run ? viewOf(deps, run) : problem(reply, status, { code: 'registry.not_found' });
      },
    );

    app.post(
      '/imports/:id/start',
      {
        config: { access: REGISTRARS },
        schema: {
          summary: 'Start an import, for show (dry) or in earnest',
          params: byId,
          body: importStart,
          response: { 202: importRun },
        },
      },
      async (request, reply) => {
        const done = await startImport(deps, viewerOf(request), { ...request.body, id: request.params.id });
        if (!done.ok) return problem(reply, status, done.refusal);
        await enqueue(done.value.id);
        return reply.code(202).send(viewOf(deps, done.value));
      },
    );

    app.post(
      '/imports/:id/cancel',
      { config: { access: REGISTRARS }, schema: { summary: 'Stop an import; what was taken stays', params: byId } },
      async (request, reply) => {
        const done = await cancelImport(deps, viewerOf(request), request.params.id);
        return done.ok ? reply.code(204).send() : problem(reply, status, done.refusal);
      },
    );

    await app.register(faultRoutes(deps));
    await app.register(templateRoutes(deps));
  };

const templateRoutes =
  (deps: ImportDeps): Routes =>
  async (app) => {
    app.get(
      '/imports/template',
      {
        config: { access: REGISTRARS },
        schema: {
          summary: 'An empty table of a kind, with what each column means (XLSX)',
          querystring: z.object({ kind: z.string().max(40) }),
        },
      },
      async (request, reply) => {
        const kind = deps.kinds.get(request.query.kind);
        if (!kind) return problem(reply, status, { code: 'registry.import_kind_unknown' });
        return sendFile(reply, { name: kind.kind, type: 'xlsx', bytes: await writeTemplate(kind) });
      },
    );
  };

const faultRoutes =
  (deps: ImportDeps): Routes =>
  async (app) => {
    app.get(
      '/imports/:id/faults',
      {
        config: { access: REGISTRARS },
        schema: {
          summary: 'What was wrong, row by row',
          params: byId,
          querystring: z.object({
            refused: z.enum(['true', 'false']).optional(), // only of rows that were not taken
            after: z
              .string()
              .regex(/^\d+-\d+$/)
              .optional(),
            limit: z.coerce.number().int().min(1).max(500).default(100),
          }),
          response: { 200: importFaults },
        },
      },
      async (request) => {
        const [row, nth] = (request.query.after ?? '').split('-').map(Number);
        const after = request.query.after ? { rowNo: row ?? 0, nth: nth ?? 0 } : null;
        const { refused, limit } = request.query;
        const items = await deps.scoped(viewerOf(request), (tx) =>
          listFaults(tx, { runId: request.params.id, refused: refused === 'true', after, limit }),
        );
        const last = items.length === limit ? items.at(-1) : undefined;
        const language = languageOf(request);
        return {
          items: items.map((f) => ({ ...f, line: lineOf(f, language) })),
          next: last ? `${last.rowNo}-${last.nth}` : null,
        };
      },
    );

    app.get(
      '/imports/:id/faults.csv',
      { config: { access: REGISTRARS }, schema: { summary: 'The list of faults as CSV', params: byId } },
      async (request, reply) => {
        const language = languageOf(request);
        const { run, items } = await deps.scoped(viewerOf(request), async (tx) => ({
          run: await findRun(tx, request.params.id),
          items: await listFaults(tx, { runId: request.params.id, refused: false, after: null, limit: 200_000 }),
        }));
        const outcome = run?.dry ? 'registry.import_would' : 'registry.import_taken';
        const head = ['row', 'column', 'value', 'taken', 'what'].map((c) =>
          say(`registry.import_column.${c}`, language),
        );
        const rows = items.map((f) => [
          String(f.rowNo),
          f.column,
          f.value,
          say(`${outcome}.${!f.refused}`, language),
          say(f.code, language, f.params),
        ]);
        return reply
          .type('text/csv; charset=utf-8')
          .header('content-disposition', 'attachment; filename="faults.csv"')
          .send(csvOf([head, ...rows]));
      },
    );
  };

const lineOf = (f: StoredFault, language: Language): string =>
  say('registry.import_line', language, { row: f.rowNo, column: f.column, what: say(f.code, language, f.params) });

const viewOf = (deps: ImportDeps, run: Run): ImportRunView => ({
  id: run.id,
  kind: run.source.kind,
  sourceName: run.source.name,
  fileName: run.fileName,
  format: run.format,
  columns: run.columns,
  fields: (deps.kinds.get(run.source.kind)?.fields ?? []).map((f) => f.name),
  mapping: { ...run.mapping },
  units: run.units,
  dry: run.dry,
  state: run.state,
  reason: run.reason,
  rowsDone: run.rowsDone,
  created: run.created,
  changed: run.changed,
  unchanged: run.unchanged,
  refused: run.refused,
  remarked: run.remarked,
  missing: run.missing,
  madeAt: run.madeAt.toISOString(),
  startedAt: run.startedAt?.toISOString() ?? null,
  endedAt: run.endedAt?.toISOString() ?? null,
});
