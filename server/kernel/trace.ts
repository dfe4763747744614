import { type AnyTx, insertMany } from './db.ts';
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
  await insertMany(
    tx,
    'kernel.trace',
    notes.map(({ subject, at, code, params, ref, audience }) => ({
      subject,
      at,
      code,
      params,
      ref,
      area_codes: audience.areaCodes,
      org_ids: audience.orgIds,
    })),
  );
}
