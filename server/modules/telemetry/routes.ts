import { z } from 'zod';
import {
  codeSetSchema,
  findingCounts,
  findingPage,
  findingQuery,
  findingSchema,
  powerCutSchema,
  quarantineFile,
  quarantinePage,
  quarantineQuery,
  sourceChange,
  sourceSchema,
  takeFinding as takeSchema,
  tallyQuery,
  tallySchema,
} from '../../../contract/telemetry.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { FindingId } from '../../kernel/ids.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { type CodeSet, KNOWN_CODE_SETS } from './codes.ts';
import type { TelemetryDeps } from './deps.ts';
import { countOpen, findFinding, listFindings } from './finding.views.ts';
import { onlineRoutes } from './online.routes.ts';
import { listPowerCuts } from './power-cut.store.ts';
import { findQuarantine, listQuarantine } from './quarantine.views.ts';
import { roomRoutes } from './room.routes.ts';
import { changeSource, listSourceItems, listTallies } from './source.views.ts';
import { status } from './status.ts';
import { takeFinding } from './take.service.ts';

const READ = { access: 'signed_in', grant: 'telemetry:read' } as const;
/** Who mends senders: their own organisations see what was set aside, the city decides how codes are read. */
const SENDERS = ['city_regulator', 'district_regulator', 'shift_leader', 'maintenance_manager', 'maker'];
const DECIDES = ['city_regulator'];
const tags = ['telemetry'];
const byId = z.object({ id: z.uuid() });
const DAY_MS = 86_400_000;

/** Findings with their evidence. */
const findingRoutes =
  ({ scoped }: TelemetryDeps): Routes =>
  async (app) => {
    app.get(
      '/findings',
      {
        config: READ,
        schema: { summary: 'Findings, newest first', tags, querystring: findingQuery, response: { 200: findingPage } },
      },
      async (request) => {
        const viewer = viewerOf(request);
        return scoped(viewer, (tx) => listFindings(tx, request.query, viewer.accountId));
      },
    );
    app.get(
      '/findings/counts',
      { config: READ, schema: { summary: 'Open findings by kind', tags, response: { 200: findingCounts } } },
      async (request) => ({ items: await scoped(viewerOf(request), countOpen) }),
    );
    app.get(
      '/findings/:id',
      {
        config: READ,
        schema: { summary: 'One finding with its evidence', tags, params: byId, response: { 200: findingSchema } },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const item = await scoped(viewer, (tx) => findFinding(tx, request.params.id as FindingId, viewer.accountId));
        return item ? reply.send(item) : problem(reply, status, { code: 'telemetry.not_found' });
      },
    );
  };

/** Taking a finding in hand, and power cuts. */
const takeRoutes =
  ({ scoped, now }: TelemetryDeps): Routes =>
  async (app) => {
    app.post(
      '/findings/:id/take',
      {
        config: { access: 'signed_in' },
        schema: {
          summary: 'Take a finding in hand',
          tags,
          params: byId,
          body: takeSchema,
          response: { 200: findingSchema },
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const id = request.params.id as FindingId;
        const taken = await takeFinding({ scoped, now }, viewer, { id, ...request.body });
        if (!taken.ok) return problem(reply, status, taken.refusal);
        const item = await scoped(viewer, (tx) => findFinding(tx, id, viewer.accountId));
        return item ? reply.send(item) : problem(reply, status, { code: 'telemetry.not_found' });
      },
    );
    app.get(
      '/telemetry/power-cuts',
      {
        config: READ,
        schema: {
          summary: 'Power cuts of many elevators at once, newest first',
          tags,
          response: { 200: z.object({ items: z.array(powerCutSchema) }) },
        },
      },
      async (request) => ({ items: await scoped(viewerOf(request), listPowerCuts) }),
    );
  };

/** Senders, and how they are read. */
const sourceRoutes =
  ({ scoped, now, thresholds }: TelemetryDeps): Routes =>
  async (app) => {
    app.get(
      '/telemetry/sources',
      {
        config: READ,
        schema: { summary: 'Senders', tags, response: { 200: z.object({ items: z.array(sourceSchema) }) } },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const items = await scoped(viewer, (tx) => listSourceItems(tx, now()));
        return { items: items.map((item) => ({ ...item, can: { change: mayChange(viewer) } })) };
      },
    );
    app.patch(
      '/telemetry/sources/:id',
      {
        config: { access: DECIDES },
        schema: {
          summary: 'Choose how a sender is named and its codes are read',
          tags,
          params: byId,
          body: sourceChange,
          response: { 200: z.object({ version: z.int() }) },
        },
      },
      async (request, reply) => {
        const { codeSet, version } = request.body;
        if (!codeSetsOf(thresholds).some((set) => set.name === codeSet))
          return problem(reply, status, { code: 'telemetry.code_set_unknown', codeSet });
        const changed = await scoped(viewerOf(request), (tx) => changeSource(tx, request.params.id, request.body));
        return changed
          ? reply.send({ version: version + 1 })
          : problem(reply, status, { code: 'telemetry.changed_meanwhile' });
      },
    );
  };

/** How each set of codes is read, and what became of every message. */
const codeRoutes =
  ({ scoped, now, thresholds }: TelemetryDeps): Routes =>
  async (app) => {
    app.get(
      '/telemetry/code-sets',
      {
        config: READ,
        schema: {
          summary: 'How each set of codes is read',
          tags,
          response: { 200: z.object({ items: z.array(codeSetSchema) }) },
        },
      },
      async () => ({
        items: codeSetsOf(thresholds).map((set) => ({
          name: set.name,
          extends: set.extends ?? null,
          codes: Object.entries(set.codes).map(([raw, code]) => ({ raw, code })),
        })),
      }),
    );
    app.get(
      '/telemetry/tallies',
      {
        config: { access: SENDERS, grant: 'telemetry:read' },
        schema: {
          summary: 'Counters: messages by sender and what became of them',
          tags,
          querystring: tallyQuery,
          response: { 200: tallySchema },
        },
      },
      async (request) => {
        const { from, sourceId } = request.query;
        const since = from ? new Date(from) : new Date(now().getTime() - DAY_MS);
        const items = await scoped(viewerOf(request), (tx) => listTallies(tx, { from: since, sourceId }));
        return { from: since.toISOString(), items };
      },
    );
  };

/** What was set aside. */
const quarantineRoutes =
  ({ scoped }: TelemetryDeps): Routes =>
  async (app) => {
    const config = { access: SENDERS, grant: 'telemetry:read' };
    app.get(
      '/telemetry/quarantine',
      {
        config,
        schema: {
          summary: 'Messages that were set aside, newest first',
          tags,
          querystring: quarantineQuery,
          response: { 200: quarantinePage },
        },
      },
      async (request) => {
        const found = await scoped(viewerOf(request), (tx) => listQuarantine(tx, request.query));
        const items = found.slice(0, request.query.limit);
        return { items, next: found.length > items.length ? (items.at(-1)?.id ?? null) : null };
      },
    );
    app.get(
      '/telemetry/quarantine/:id',
      {
        config,
        schema: {
          summary: 'One of them, as it came',
          tags,
          params: z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
          response: { 200: quarantineFile },
        },
      },
      async (request, reply) => {
        const item = await scoped(viewerOf(request), (tx) => findQuarantine(tx, request.params.id));
        return item ? reply.send(item) : problem(reply, status, { code: 'telemetry.not_found' });
      },
    );
  };

/** The sets the program knows, and those of the city; one of the same name takes the place of ours. */
const codeSetsOf = ({ codeSets }: TelemetryDeps['thresholds']): readonly CodeSet[] => [
  ...KNOWN_CODE_SETS.filter((known) => !codeSets.some((own) => own.name === known.name)),
  ...codeSets,
];

const mayChange = ({ role }: Viewer) => DECIDES.includes(role) || { code: 'kernel.forbidden' };

/** Everything of this file. */
export const telemetryRoutes =
  (deps: TelemetryDeps): Routes =>
  async (app) => {
    const all = [findingRoutes, takeRoutes, onlineRoutes, roomRoutes, sourceRoutes, codeRoutes, quarantineRoutes];
    for (const routes of all) await app.register(routes(deps));
  };
