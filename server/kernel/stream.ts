import type { ServerResponse } from 'node:http';
import type { Routes } from './http.ts';
import { viewerOf } from './http.ts';
import type { Event } from './outbox.ts';
import { type Scope, sees } from './scope.ts';

/** A stream lives this long; the browser opens a new one, and who may listen is checked again. */
const LIFETIME_MS = 10 * 60_000;
const HEARTBEAT_MS = 15_000;
/** A reader that lets this much pile up is cut off and will catch up by reading again. */
const MOST_WAITING_BYTES = 1_000_000;

/**
 * Tells screens that something changed. A stream carries type, subject and version only; what changed is read
 * through the reader's own scope. `tell` is given every event once it is handed on.
 */
export function openStream() {
  const readers = new Set<{ scope: Scope; to: ServerResponse }>();

  const tell = (events: readonly Event[]): void => {
    for (const event of events) {
      const line = `data: ${JSON.stringify({ type: event.type, subject: event.subject, version: event.version })}\n\n`;
      for (const reader of readers) {
        if (!sees(reader.scope, event.audience)) continue;
        if (reader.to.writableLength > MOST_WAITING_BYTES) reader.to.destroy();
        else reader.to.write(line);
      }
    }
  };

  const routes: Routes = async (app) => {
    app.get(
      '/stream',
      {
        schema: {
          summary: 'Hear that something changed (server-sent events: type, subject, version)',
          tags: ['stream'],
        },
        config: { access: 'signed_in', grant: 'stream:read', rateLimit: { max: 60, timeWindow: 60_000 } },
      },
      (request, reply) => {
        const to = reply.raw;
        reply.hijack();
        to.writeHead(200, {
          'content-type': 'text/event-stream',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
        });
        to.write('retry: 2000\n\n');
        const reader = { scope: viewerOf(request).scope, to };
        readers.add(reader);
        const beat = setInterval(() => to.write(': alive\n\n'), HEARTBEAT_MS);
        const end = setTimeout(() => to.end(), LIFETIME_MS);
        to.on('close', () => {
          clearInterval(beat);
          clearTimeout(end);
          readers.delete(reader);
        });
      },
    );
    app.addHook('preClose', () => {
      for (const { to } of readers) to.end();
    });
  };

  return { tell, routes, readers: () => readers.size };
}
