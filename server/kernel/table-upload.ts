import type { FastifyRequest } from 'fastify';
import type { AnyDb } from './db.ts';
import { type FileRefusal, openFileStore, rememberFile, type StoredFile } from './files.ts';
import { accept, type Result, refuse } from './result.ts';
import { MOST_TABLE_BYTES, type ReadRefusal, TABLE_TYPES } from './sheet.ts';

type Refusal = FileRefusal | { code: 'kernel.file_missing' };

/** What sending and opening a table may be refused for. */
export const tableStatus: Readonly<Record<Refusal['code'] | ReadRefusal['code'], number>> = {
  'kernel.file_missing': 400,
  'kernel.file_too_large': 413,
  'kernel.file_empty': 422,
  'kernel.file_kind': 415,
  'kernel.sheet_unreadable': 422,
  'kernel.sheet_kind': 415,
  'kernel.sheet_empty': 422,
  'kernel.sheet_too_large': 413,
};

/** A table that is read while its sender waits; longer ones go by the imports, which work in the background. */
export const MOST_WAITED_BYTES = 20_000_000;

/** A table as it was sent. `path`: where it lies now, for `openSheet`. */
export type SentTable = { file: StoredFile; fileName: string; path: string };

/** Where tables are kept. `most`: bytes. */
type TablePlace = { db: AnyDb; dataDir: string; most?: number };

/** Take the table of a multipart request (field `file`) and keep it by its contents. */
export async function takeTable(
  { db, dataDir, most = MOST_TABLE_BYTES }: TablePlace,
  request: FastifyRequest,
): Promise<Result<SentTable, Refusal | { code: 'kernel.sheet_kind' }>> {
  const part = request.isMultipart() ? await request.file() : undefined;
  if (!part) return refuse({ code: 'kernel.file_missing' });
  const store = openFileStore(dataDir);
  const stored = await store.put(part.file, { bytes: most, kinds: TABLE_TYPES });
  if (!stored.ok) return stored.refusal.code === 'kernel.file_kind' ? refuse({ code: 'kernel.sheet_kind' }) : stored;
  await rememberFile(db, stored.value);
  return accept({ file: stored.value, fileName: part.filename, path: store.pathOf(stored.value.hash) });
}
