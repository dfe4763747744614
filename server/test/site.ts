import { pino } from 'pino';
import type { Viewer } from '../kernel/scope.ts';
import { buildSite, type SiteDeps } from '../kernel/site.ts';

/** The site over a test's own routes: silent, on loopback, without a console or ingest process, never too busy. */
export const testSite = (own: Pick<SiteDeps, 'authenticate' | 'routes'> & Partial<SiteDeps>) =>
  buildSite({
    log: pino({ level: 'silent' }),
    version: '0',
    loopback: true,
    webDir: '/nowhere',
    ingestUrl: 'http://127.0.0.1:9', // the discard port: nobody answers
    pages: [],
    requestsPerMinute: 100_000,
    ...own,
  });

/** Who asks is whom the header `x-as` names. */
export const namedIn =
  (people: ReadonlyMap<string, Viewer>): SiteDeps['authenticate'] =>
  async (request) =>
    people.get(String(request.headers['x-as'])) ?? null;
