import { writeXlsx } from 'hucre';
import { rosterDone, rosterParts, rosterQuery, templateQuery } from '../../../../contract/insurance-intake.ts';
import { problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import { type Language, languageOf, say } from '../../../kernel/language.ts';
import { accept } from '../../../kernel/result.ts';
import { sendFile } from '../../../kernel/send-file.ts';
import { openSheet } from '../../../kernel/sheet.ts';
import { MOST_WAITED_BYTES, tableStatus, takeTable } from '../../../kernel/table-upload.ts';
import type { Day } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { keyHeader } from '../once.rules.ts';
import { type OnceRefusal, once } from '../once.service.ts';
import { TAKERS } from '../roles.ts';
import { status as insuranceStatus } from '../status.ts';
import { isCodeHead } from './roster.rules.ts';
import { MOST_ROWS, quoteRoster, type RosterDone, readRoster } from './roster.service.ts';
import { rosterLines, rosterSize } from './roster.store.ts';

const tags = ['insurance'];
const status = { ...insuranceStatus, ...tableStatus } as const;
const COLUMNS = ['code', 'registration', 'address', 'holder', 'inspection'] as const;

/** Rosters: the table to fill in, and what comes back filled. */
export const rosterRoutes =
  (deps: InsuranceDeps, dataDir: string): Routes =>
  async (app) => {
    app.get(
      '/insurance/rosters/template.xlsx',
      {
        config: { access: TAKERS },
        schema: {
          summary: 'A roster to fill in, with one’s elevators in use already on it; of many the part asked for',
          tags,
          querystring: templateQuery,
        },
      },
      async (request, reply) => {
        const language = languageOf(request);
        const lines = await deps.scoped(viewerOf(request), (tx) =>
          rosterLines(tx, { from: (request.query.part - 1) * MOST_ROWS, most: MOST_ROWS }),
        );
        const rows = lines.map((l) => [l.rescue_code, l.registration_code, l.address, l.holder, l.next_inspection_on]);
        const head = COLUMNS.map((c) => say(`insurance.roster.column.${c}`, language));
        const sheet = { name: say('insurance.roster.sheet', language), rows: [head, ...rows] };
        return sendFile(reply, { name: 'roster', type: 'xlsx', bytes: await writeXlsx({ sheets: [sheet] }) });
      },
    );
    app.get(
      '/insurance/rosters/parts',
      {
        config: { access: TAKERS },
        schema: {
          summary: 'How many elevators in use one has, and how many rosters hold them',
          tags,
          response: { 200: rosterParts },
        },
      },
      async (request) => {
        const elevators = await deps.scoped(viewerOf(request), (tx) => rosterSize(tx));
        return { elevators, most: MOST_ROWS, parts: Math.max(Math.ceil(elevators / MOST_ROWS), 1) };
      },
    );
    app.post(
      '/insurance/rosters',
      {
        config: { access: TAKERS, rateLimit: { max: 60, timeWindow: 60_000 } },
        schema: {
          summary: 'Quote a roster (multipart, field `file`), use unit by use unit; dry: only see what would come',
          tags,
          consumes: ['multipart/form-data'],
          headers: keyHeader,
          querystring: rosterQuery,
          response: { 200: rosterDone },
        },
      },
      async (request, reply) => {
        const sent = await takeTable({ db: deps.db, dataDir, most: MOST_WAITED_BYTES }, request);
        if (!sent.ok) return problem(reply, status, sent.refusal);
        const sheet = await openSheet(sent.value.path, isCodeHead, 1);
        if (!sheet.ok) return problem(reply, status, sheet.refusal);
        const rows = await readRoster(sheet.value);
        if (!rows.ok) return problem(reply, status, rows.refusal);
        const { productId, from, dry } = request.query;
        const viewer = viewerOf(request);
        const wish = { rows: rows.value, productId, from: from as Day, dry: dry === '1' };
        const key = wish.dry ? undefined : request.headers['idempotency-key'];
        const keyed = { key, act: 'roster', body: { hash: sent.value.file.hash, ...request.query } };
        const done = await once<RosterDone, OnceRefusal>({ deps, viewer }, keyed, async (d) =>
          accept(await quoteRoster(d, viewer, wish)),
        );
        if (!done.ok) return problem(reply, status, done.refusal);
        return viewOf(done.value, wish.dry, languageOf(request));
      },
    );
  };

const viewOf = (done: RosterDone, dry: boolean, language: Language) => ({
  dry,
  rows: done.rows,
  taken: done.taken,
  faults: done.faults.map((f) => ({ ...f, why: say(f.refusal.code, language, f.refusal) })),
  groups: done.groups.map(({ refusal, ...group }) => ({
    ...group,
    why: refusal && say(refusal.code, language, refusal),
  })),
});
