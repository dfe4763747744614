import { sql } from 'kysely';
import { collectDefaultMetrics, Gauge, register } from 'prom-client';
import type { Routes } from './http.ts';
import type { Kernel } from './module.ts';

/**
 * `/healthz`: the process lives. `/readyz`: it can do its work, the database answers. `/metrics`: figures for
 * Prometheus, on loopback or behind the operator's own proxy.
 */
export function healthPages({ db }: Kernel): Routes {
  register.clear();
  collectDefaultMetrics();
  const waiting = new Gauge({ name: 'tian_outbox_waiting', help: 'Events not yet handed on' });
  const failing = new Gauge({
    name: 'tian_outbox_failing',
    help: 'Events whose reaction failed at least once and is tried again',
  });
  return async (app) => {
    app.get('/healthz', { schema: { hide: true }, config: { rateLimit: false } }, async () => ({ alive: true }));
    app.get('/readyz', { schema: { hide: true }, config: { rateLimit: false } }, async (_request, reply) => {
      const ready = await answers(db);
      return reply.code(ready ? 200 : 503).send({ ready, database: ready });
    });
    app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
      const { rows } = await sql<{ waiting: number; failing: number }>`select count(*)::int as waiting,
        count(*) filter (where attempts > 0)::int as failing from kernel.outbox where sent_at is null`.execute(db);
      waiting.set(rows[0]?.waiting ?? 0);
      failing.set(rows[0]?.failing ?? 0);
      return reply.type(register.contentType).send(await register.metrics());
    });
  };
}

const answers = (db: Kernel['db']): Promise<boolean> =>
  sql`select 1`.execute(db).then(
    () => true,
    () => false, // that is the answer: not ready
  );
