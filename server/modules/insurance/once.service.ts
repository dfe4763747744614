import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import type { InsuranceDeps } from './deps.ts';

export type OnceRefusal = { code: 'insurance.key_used'; key: string };

/** An act sent with a key: who sends it again by mistake gets the first answer, and nothing happens twice. */
export type Keyed = { key: string | undefined; act: string; body: unknown };

/**
 * Do something once per key and sender. The act and the kept answer commit together, so that neither stands without the
 * other; a refusal is not kept, because it changed nothing. The same key with another body is an error of the caller.
 */
export async function once<T, R>(
  { deps, viewer }: { deps: InsuranceDeps; viewer: Viewer },
  { key, act, body }: Keyed,
  work: (deps: InsuranceDeps) => Promise<Result<T, R>>,
): Promise<Result<T, R | OnceRefusal>> {
  if (key === undefined) return work(deps);
  const actor = viewer.accountId;
  const bodyHash = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  return deps.scoped(viewer, async (tx): Promise<Result<T, R | OnceRefusal>> => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${actor}:${key}`}, 0))`.execute(tx);
    const kept = await tx
      .selectFrom('insurance.kept_answer')
      .select(['act', 'body_hash', 'answer'])
      .where('actor', '=', actor)
      .where('key', '=', key)
      .executeTakeFirst();
    if (kept && (kept.act !== act || kept.body_hash !== bodyHash)) return refuse({ code: 'insurance.key_used', key });
    if (kept) return { ok: true, value: kept.answer as T };
    const done = await work({ ...deps, scoped: (_, inner) => inner(tx) });
    if (!done.ok) return done;
    await tx
      .insertInto('insurance.kept_answer')
      .values({ actor, key, act, body_hash: bodyHash, answer: JSON.stringify(done.value), at: deps.now() })
      .execute();
    return done;
  });
}
