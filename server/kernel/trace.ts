import { sql } from 'kysely';
import type { AnyTx } from './db.ts';
import type { Audience } from './scope.ts';

/** One line of a subject's trace page: something that became true, in words keyed by `code`. */
export type Note = {
  subject: string; // what it is about, e.g. an elevator's id
  at: Date;
  code: string; // key into words/, e.g. 'rescue.trace.released'
  params: Readonly<Record<string, string | number>>; // filled into the words; no personal data
  ref: string | null; // id of the record it came from
  audience: Audience;
};

/** Write lines on trace pages, in the transaction that makes them true. They are never changed or deleted. */
export async function note(tx: AnyTx, notes: readonly Note[]): Promise<void> {
  if (notes.length === 0) return;
  const rows = notes.map(
    (n) => sql`(${n.subject}, ${n.at}::timestamptz, ${n.code}, ${JSON.stringify(n.params)}::jsonb, ${n.ref},
      ${[...n.audience.areaCodes]}::text[], ${[...n.audience.orgIds]}::uuid[])`,
  );
  await sql`insert into kernel.trace (subject, at, code, params, ref, area_codes, org_ids) values ${sql.join(rows)}`.execute(
    tx,
  );
}
