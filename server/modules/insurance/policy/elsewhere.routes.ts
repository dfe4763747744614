import { writeXlsx } from 'hucre';
import {
  elsewhereList,
  elsewhereListQuery,
  elsewhereQuery,
  elsewhereTableDone,
} from '../../../../contract/insurance-elsewhere.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import { languageOf, say } from '../../../kernel/language.ts';
import { sendFile } from '../../../kernel/send-file.ts';
import { openSheet } from '../../../kernel/sheet.ts';
import { MOST_WAITED_BYTES, tableStatus, takeTable } from '../../../kernel/table-upload.ts';
import type { InsuranceDeps } from '../deps.ts';
import { READERS, TAKERS } from '../roles.ts';
import { status as insuranceStatus } from '../status.ts';
import { ELSEWHERE_COLUMNS, type ElsewhereColumn, type Kind, named } from './elsewhere.rules.ts';
import { listElsewhere } from './elsewhere.store.ts';
import { type ColumnNames, readElsewhere, recordElsewhereTable } from './elsewhere-table.service.ts';
import { listInsurers } from './number.store.ts';

const tags = ['insurance'];
const status = { ...insuranceStatus, ...tableStatus } as const;
const KINDS: readonly Kind[] = ['liability', 'comprehensive', 'pension'];
const LANGUAGES = ['zh', 'en'] as const;

const wordsOf = (code: string) => LANGUAGES.map((language) => say(code, language));
const columns = Object.fromEntries(
  ELSEWHERE_COLUMNS.map((c): [ElsewhereColumn, readonly string[]] => [c, wordsOf(`insurance.elsewhere.column.${c}`)]),
) as ColumnNames;
const kinds = named(KINDS.flatMap((kind) => wordsOf(`insurance.kind.${kind}`).map((word) => [word, kind] as const)));

/** Policies issued elsewhere: who has to confirm which, and a table of many. */
export const elsewhereRoutes =
  (deps: InsuranceDeps, dataDir: string): Routes =>
  async (app) => {
    app.get(
      '/insurance/policies/elsewhere',
      {
        config: { access: READERS },
        schema: {
          summary: 'Policies issued elsewhere, those that wait for their insurer first',
          tags,
          querystring: elsewhereListQuery,
          response: { 200: elsewhereList },
        },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const { state, limit } = request.query;
        const orgId = viewer.role === 'underwriter' ? viewer.orgId : null;
        return { items: await deps.scoped(viewer, (tx) => listElsewhere(tx, { state, limit, orgId })) };
      },
    );
    app.get(
      '/insurance/policies/elsewhere/template.xlsx',
      {
        config: { access: [...TAKERS, 'broker'] },
        schema: { summary: 'A table of policies issued elsewhere to fill in', tags },
      },
      async (request, reply) => {
        const language = languageOf(request);
        const head = ELSEWHERE_COLUMNS.map((c) => say(`insurance.elsewhere.column.${c}`, language));
        const sheet = { name: say('insurance.elsewhere.sheet', language), rows: [head] };
        const bytes = await writeXlsx({ sheets: [sheet] });
        return sendFile(reply, { name: 'policies-elsewhere', type: 'xlsx', bytes });
      },
    );
    app.post(
      '/insurance/policies/elsewhere/table',
      {
        config: { access: [...TAKERS, 'broker'], rateLimit: { max: 60, timeWindow: 60_000 } },
        schema: {
          summary: 'Record policies issued elsewhere by table (multipart, field `file`), a row for each elevator',
          tags,
          consumes: ['multipart/form-data'],
          querystring: elsewhereQuery,
          response: { 200: elsewhereTableDone },
        },
      },
      async (request, reply) => {
        const sent = await takeTable({ db: deps.db, dataDir, most: MOST_WAITED_BYTES }, request);
        if (!sent.ok) return problem(reply, status, sent.refusal);
        const heads = new Set(Object.values(columns).flat());
        const sheet = await openSheet(sent.value.path, (cell) => heads.has(cell.trim()));
        if (!sheet.ok) return problem(reply, status, sheet.refusal);
        const viewer = viewerOf(request);
        const insurers = await deps.scoped(viewer, (tx) => listInsurers(tx));
        const names = { insurers: named(insurers.map((i) => [i.name, i.orgId] as const)), kinds };
        const table = await readElsewhere(sheet.value, columns, names);
        if (!table.ok) return problem(reply, status, table.refusal);
        const dry = request.query.dry === '1';
        const done = await recordElsewhereTable(deps, viewer, { table: table.value, dry });
        const language = languageOf(request);
        const faults = done.faults.map(({ row, column, value, code }) => ({
          row,
          column: say(`insurance.elsewhere.column.${column}`, language),
          value,
          code,
          why: say(code, language, { value }),
        }));
        return { ...done, dry, faults };
      },
    );
  };
