import { z } from 'zod';
import {
  historyQuery,
  historySchema,
  liveSchema,
  presentSchema,
  replayQuery,
  replaySchema,
  sumsQuery,
  sumsSchema,
} from '../../../contract/telemetry.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { dayOf } from '../../kernel/time.ts';
import { readHourSums } from './cold-sum.service.ts';
import { onlineSince, type TelemetryDeps } from './deps.ts';
import { readHistory } from './history.service.ts';
import { daySums, findingsBetween, findLive, findShaft, rowOf } from './history.views.ts';
import type { Present } from './last-known.rules.ts';
import { openLiveStream } from './live.routes.ts';
import { status } from './status.ts';

const READ = { access: 'signed_in', grant: 'telemetry:read' } as const;
const tags = ['telemetry'];
const byId = z.object({ id: z.uuid() });
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MOST_DAYS = 31;

/** The present of one car, once or as it changes. */
const presentRoutes =
  (deps: TelemetryDeps): Routes =>
  async (app) => {
    app.get(
      '/elevators/:id/present',
      {
        config: READ,
        schema: { summary: 'Last known values of a car', tags, params: byId, response: { 200: liveSchema } },
      },
      async (request, reply) => {
        const live = await liveOf(deps, viewerOf(request), request.params.id as ElevatorId);
        return live ? reply.send(live) : problem(reply, status, { code: 'telemetry.not_found' });
      },
    );

    app.get(
      '/elevators/:id/live',
      {
        config: READ,
        schema: { summary: 'Watch a car (server-sent events: its present after each message)', tags, params: byId },
      },
      async (request, reply) => {
        const id = request.params.id as ElevatorId;
        const live = await liveOf(deps, viewerOf(request), id);
        if (!live) return problem(reply, status, { code: 'telemetry.not_found' });
        return openLiveStream(reply, deps, { id, live });
      },
    );
  };

/** History of one elevator, and a replay around a moment. */
const historyRoutes =
  (deps: TelemetryDeps): Routes =>
  async (app) => {
    app.get(
      '/elevators/:id/history',
      {
        config: READ,
        schema: {
          summary: 'Messages of an elevator between two instants',
          tags,
          params: byId,
          querystring: historyQuery,
          response: { 200: historySchema },
        },
      },
      async (request, reply) => {
        const id = request.params.id as ElevatorId;
        const to = request.query.to ? new Date(request.query.to) : deps.now();
        const from = request.query.from ? new Date(request.query.from) : new Date(to.getTime() - HOUR_MS);
        if (!(from < to) || to.getTime() - from.getTime() > MOST_DAYS * DAY_MS)
          return problem(reply, status, { code: 'telemetry.window', days: MOST_DAYS });
        const car = await deps.scoped(viewerOf(request), (tx) => findLive(tx, id));
        if (!car) return problem(reply, status, { code: 'telemetry.not_found' });
        const { rows, more } = await readHistory(deps, car.elevator_no, { from, to, limit: request.query.limit });
        return reply.send({
          elevatorId: id,
          from: from.toISOString(),
          to: to.toISOString(),
          rows: rows.map(rowOf),
          more,
        });
      },
    );

    app.get(
      '/elevators/:id/replay',
      {
        config: READ,
        schema: {
          summary: 'The minutes around a moment, with the picture before them',
          tags,
          params: byId,
          querystring: replayQuery,
          response: { 200: replaySchema },
        },
      },
      async (request, reply) => {
        const replay = await replayOf(deps, viewerOf(request), {
          id: request.params.id as ElevatorId,
          ...request.query,
        });
        return replay ? reply.send(replay) : problem(reply, status, { code: 'telemetry.not_found' });
      },
    );
  };

/** What is left of it by hour and day. */
const sumRoutes =
  ({ now, scoped, cold }: TelemetryDeps): Routes =>
  async (app) => {
    app.get(
      '/elevators/:id/sums',
      {
        config: READ,
        schema: {
          summary: 'Trips, doors and messages of an elevator by hour or day',
          tags,
          params: byId,
          querystring: sumsQuery,
          response: { 200: sumsSchema },
        },
      },
      async (request, reply) => {
        const id = request.params.id as ElevatorId;
        const { by } = request.query;
        const to = request.query.to ? new Date(request.query.to) : now();
        const from = request.query.from
          ? new Date(request.query.from)
          : new Date(to.getTime() - (by === 'day' ? MOST_DAYS : 2) * DAY_MS);
        const items = await scoped(viewerOf(request), async (tx) => {
          const car = await findLive(tx, id);
          if (!car) return null;
          if (by === 'hour') return readHourSums({ db: tx, cold }, car.elevator_no, { from, to });
          return daySums(tx, car.elevator_no, { from: dayOf(from), to: dayOf(to) });
        });
        return items
          ? reply.send({ elevatorId: id, by, items })
          : problem(reply, status, { code: 'telemetry.not_found' });
      },
    );
  };

/** One elevator: its present, its history, and sums. */
export const carRoutes =
  (deps: TelemetryDeps): Routes =>
  async (app) => {
    for (const routes of [presentRoutes, historyRoutes, sumRoutes]) await app.register(routes(deps));
  };

/** The present of a car in the viewer's scope; null when he does not see the elevator. */
async function liveOf(deps: TelemetryDeps, viewer: Viewer, id: ElevatorId): Promise<z.infer<typeof liveSchema> | null> {
  const { car, shaft } = await deps.scoped(viewer, async (tx) => ({
    car: await findLive(tx, id),
    shaft: await findShaft(tx, id),
  }));
  if (!car && !shaft) return null;
  return {
    elevatorId: id,
    online: car !== undefined && car.heard_at >= onlineSince(deps),
    heardAt: car?.heard_at.toISOString() ?? null,
    at: car?.at.toISOString() ?? null,
    present: presentSchema.parse(car?.present ?? {}),
    source: car?.source_id && car.source_name !== null ? { id: car.source_id, name: car.source_name } : null,
    shaft: { bottomFloor: shaft?.bottom_floor ?? null, topFloor: shaft?.top_floor ?? null },
    offlineAfterSeconds: deps.thresholds.offlineSeconds,
  };
}

/** Far enough back that every value was said at least once, and not so far that it takes long. */
const LOOK_BACK_MS = HOUR_MS;
const MOST_ROWS = 20_000;

type ReplayOf = { id: ElevatorId; at: string; beforeSeconds: number; afterSeconds: number };

async function replayOf(
  deps: TelemetryDeps,
  viewer: Viewer,
  asked: ReplayOf,
): Promise<z.infer<typeof replaySchema> | null> {
  const at = new Date(asked.at);
  const from = new Date(at.getTime() - asked.beforeSeconds * 1000);
  const to = new Date(at.getTime() + asked.afterSeconds * 1000 + 1);
  const seen = await deps.scoped(viewer, async (tx) => {
    const car = await findLive(tx, asked.id);
    return car && { no: car.elevator_no, findings: await findingsBetween(tx, car.elevator_no, { from, to }) };
  });
  if (!seen) return null;
  const back = new Date(from.getTime() - LOOK_BACK_MS);
  const { rows, more } = await readHistory(deps, seen.no, { from: back, to, limit: MOST_ROWS });
  const all = rows.map(rowOf);
  const within = all.filter((row) => Date.parse(row.at) >= from.getTime());
  const before: Present = Object.assign({}, ...all.slice(0, all.length - within.length).map((row) => row.values));
  return {
    elevatorId: asked.id,
    at: at.toISOString(),
    from: from.toISOString(),
    to: to.toISOString(),
    before,
    rows: within,
    more,
    findings: seen.findings,
  };
}
