import { z } from 'zod';
import { elevatorFilter } from '../../../contract/registry.ts';
import { originOf, problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import { languageOf } from '../../kernel/language.ts';
import { sendFile } from '../../kernel/send-file.ts';
import { dayOf } from '../../kernel/time.ts';
import type { RegistryDeps } from './deps.ts';
import { groundOf } from './list.ground.ts';
import { listElevators, narrow } from './list.views.ts';
import { platesThread } from './plates.thread.ts';
import { qrToken, scanPath } from './qr.ts';
import { SIGNERS } from './roles.ts';
import { status } from './status.ts';
import { noSign } from './use-sign.rules.ts';
import { signRows } from './use-sign.views.ts';

/** Three signs on a page, forty pages. */
const MOST_SIGNS = 120;

/** Sheets of 使用标志 that carry the code of the electronic identity. */
export const useSignRoutes =
  (deps: RegistryDeps): Routes =>
  async (app) => {
    app.get(
      '/registry/use-signs.pdf',
      {
        config: { access: SIGNERS, rateLimit: { max: 20, timeWindow: 60_000 } },
        schema: {
          summary: `使用标志 of a list of elevators, at most ${MOST_SIGNS}; those without one stand at the end with the reason`,
          querystring: elevatorFilter.extend({ id: z.uuid().optional(), after: z.string().max(400).optional() }),
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const { after, id, ...filter } = request.query;
        const today = dayOf(deps.now());
        const { rows, next } = await deps.scoped(viewer, async (tx) => {
          if (id) return { rows: await signRows(tx, [id as ElevatorId]), next: null };
          const ask = { sort: 'rescue_code' as const, descending: false, after: after ?? null, limit: MOST_SIGNS };
          const page = await listElevators(tx, await narrow(tx, filter, groundOf(deps, viewer)), ask);
          const ids = page.items.map((line) => line.id as ElevatorId);
          return { rows: await signRows(tx, ids), next: page.next };
        });
        if (rows.length === 0) return problem(reply, status, { code: 'registry.not_found' });
        const origin = originOf(request);
        const judged = rows.map((row) => ({ row, reason: noSign(row, { state: row.state, today }) }));
        const pdf = await platesThread.call('signsPdf', {
          signs: judged.flatMap(({ row, reason }) =>
            reason === null ? [{ ...row, url: `${origin}${scanPath(qrToken(deps.keys, row.id))}` }] : [],
          ),
          without: judged.flatMap(({ row, reason }) =>
            reason === null
              ? []
              : [{ code: row.rescueCode ?? row.registrationCode ?? '', address: row.address, reason }],
          ),
          hotline: deps.city.hotline,
          language: languageOf(request),
        });
        void reply.header('x-next', next ?? '');
        return sendFile(reply, { name: 'use-signs', type: 'pdf', bytes: pdf });
      },
    );
  };
