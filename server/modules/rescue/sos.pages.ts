import { z } from 'zod';
import type { Routes } from '../../kernel/http.ts';
import { plainQuery, readingOf, showPlain } from '../../kernel/plain-form.ts';
import { clockOf } from '../../kernel/time.ts';
import type { RescueDeps } from './deps.ts';
import { sosGone, sosNow, sosPage } from './sos.page.ts';
import { sosBehind } from './sos.views.ts';

const schema = { hide: true, params: z.object({ token: z.string().max(100) }), querystring: plainQuery } as const;

// Never refused: whoever waits inside reads it again and again, and a whole estate may stand behind one address.
const config = { rateLimit: false } as const;

/** What somebody sees after he called for help from the page behind the plate: no script, no account, no names. */
export const sosPages =
  (deps: RescueDeps): Routes =>
  async (app) => {
    const { hotline } = deps.settings;
    app.get('/~/sos/:token', { config, schema }, async (request, reply) => {
      const { token } = request.params;
      const reading = readingOf(request, reply, { path: `/~/sos/${token}` });
      const found = await sosBehind(deps, token);
      if (!found) return showPlain(reply.code(404), sosGone(hotline, reading));
      return showPlain(reply, sosPage(found, hotline, reading));
    });
    app.get('/~/sos/:token/now', { config, schema }, async (request, reply) => {
      const { token } = request.params;
      const reading = readingOf(request, reply, { path: `/~/sos/${token}/now` });
      const found = await sosBehind(deps, token);
      if (!found) return showPlain(reply.code(404), sosGone(hotline, reading));
      return showPlain(reply, sosNow(found.view, clockOf(deps.now()), reading));
    });
  };
