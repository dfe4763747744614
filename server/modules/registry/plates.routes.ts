import qrcode from 'qrcode';
import { z } from 'zod';
import { elevatorFilter } from '../../../contract/registry.ts';
import { originOf, problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import { languageOf } from '../../kernel/language.ts';
import { plainQuery, readingOf } from '../../kernel/plain-form.ts';
import { sendFile } from '../../kernel/send-file.ts';
import { dayOf } from '../../kernel/time.ts';
import type { RegistryDeps } from './deps.ts';
import { groundOf } from './list.ground.ts';
import { listElevators, narrow } from './list.views.ts';
import { platesThread } from './plates.thread.ts';
import { qrToken, readQrToken, scanPath } from './qr.ts';
import { scanView } from './scan.views.ts';
import { scanPage, strangeCodePage } from './scan-page.ts';
import { status } from './status.ts';

/** Ten plates on a page, twelve pages: more make a file that no office printer likes. */
const MOST_PLATES = 120;
/** The electronic identity of an elevator: its code as a picture, and sheets of plates. */
export const plateRoutes =
  (deps: RegistryDeps): Routes =>
  async (app) => {
    app.get(
      '/elevators/:id/qr.svg',
      {
        config: { access: 'signed_in', grant: 'elevators:read' },
        schema: { summary: 'The code of an elevator as SVG', params: z.object({ id: z.uuid() }) },
      },
      async (request, reply) => {
        const id = request.params.id as ElevatorId;
        const seen = await deps.scoped(viewerOf(request), (tx) =>
          tx.selectFrom('registry.elevator_card').select('id').where('id', '=', id).executeTakeFirst(),
        );
        if (!seen) return problem(reply, status, { code: 'registry.not_found' });
        const url = `${originOf(request)}${scanPath(qrToken(deps.keys, id))}`;
        const svg = await qrcode.toString(url, { type: 'svg', errorCorrectionLevel: 'Q' });
        return reply.type('image/svg+xml').send(svg);
      },
    );

    app.get(
      '/registry/nameplates.pdf',
      {
        config: { access: 'signed_in', rateLimit: { max: 20, timeWindow: 60_000 } },
        schema: {
          summary: `Nameplates of a list of elevators, at most ${MOST_PLATES}`,
          querystring: elevatorFilter.extend({ after: z.string().max(400).optional() }),
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const { after, ...filter } = request.query;
        const page = await deps.scoped(viewer, async (tx) =>
          listElevators(tx, await narrow(tx, filter, groundOf(deps, viewer)), {
            sort: 'rescue_code',
            descending: false,
            after: after ?? null,
            limit: MOST_PLATES,
          }),
        );
        const plates = page.items.flatMap(({ id, rescueCode, address }) => {
          const url = `${originOf(request)}${scanPath(qrToken(deps.keys, id as ElevatorId))}`;
          return rescueCode ? [{ rescueCode, address, url }] : [];
        });
        if (plates.length === 0) return problem(reply, status, { code: 'registry.no_rescue_code' });
        const pdf = await platesThread.call('platesPdf', {
          plates,
          hotline: deps.city.hotline,
          language: languageOf(request),
        });
        void reply.header('x-next', page.next ?? '');
        return sendFile(reply, { name: 'nameplates', type: 'pdf', bytes: pdf });
      },
    );
  };

/** What anyone sees who scans a plate. No viewer, no script, nothing kept but the wish for larger type. */
export const scanRoutes =
  (deps: RegistryDeps): Routes =>
  async (app) => {
    app.get(
      '/~/q/:token',
      {
        schema: {
          hide: true,
          params: z.object({ token: z.string().max(200) }),
          querystring: plainQuery,
        },
      },
      async (request, reply) => {
        const path = scanPath(request.params.token);
        const reading = readingOf(request, reply, { path });
        void reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
        const id = readQrToken(deps.keys, request.params.token);
        const view = id ? await scanView(deps.db, id) : undefined;
        if (!view) return reply.code(404).send(strangeCodePage(deps.city.hotline, reading));
        const today = dayOf(deps.now());
        return scanPage({
          view,
          hotline: deps.city.hotline,
          today,
          live: await deps.map.stateOf(view.no),
          cover: deps.cover === null ? null : ((await deps.cover(view.id, today)) ?? 'none'),
          reading,
          key: deps.newId(),
        });
      },
    );
  };
