import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { AnyDb, AnyTx } from './db.ts';
import type { FileHash } from './ids.ts';
import { fileName, type MediaType, mediaTypeOf, SNIFF_BYTES } from './media.rules.ts';
import { accept, invariant, type Result, refuse } from './result.ts';
import type { Audience } from './scope.ts';

/** The most a file may have, unless the caller allows less. */
export const MOST_FILE_BYTES = 20_000_000;

export type FileRefusal =
  | { code: 'kernel.file_too_large'; limit: string }
  | { code: 'kernel.file_empty' }
  | { code: 'kernel.file_kind' };

/** Bytes kept once, by what they contain. */
export type StoredFile = { hash: FileHash; mediaType: MediaType; sizeBytes: number };

/** The store on disk: `<data folder>/files/ab/abcdef…`, nothing in it is ever changed. */
export type FileStore = {
  put: (
    bytes: Readable,
    limit?: { bytes?: number; kinds?: readonly MediaType[] },
  ) => Promise<Result<StoredFile, FileRefusal>>;
  /** Where the bytes lie, for what reads them as a file. */
  pathOf: (hash: FileHash) => string;
  read: (hash: FileHash) => Readable;
  has: (hash: FileHash) => boolean;
  remove: (hash: FileHash) => Promise<void>;
  /** Every file there is, for backup. */
  all: () => AsyncGenerator<FileHash>;
};

const HASH = /^[0-9a-f]{64}$/;

export function openFileStore(dataDir: string): FileStore {
  const root = join(dataDir, 'files');
  const incoming = join(dataDir, 'incoming'); // apart, so that a backup meets only whole files
  const pathOf = (hash: string): string => {
    invariant(HASH.test(hash), 'a file is known by its SHA-256');
    return join(root, hash.slice(0, 2), hash);
  };
  return {
    pathOf,
    put: (bytes, limit) => putFile({ root, incoming, pathOf }, bytes, limit ?? {}),
    read: (hash) => createReadStream(pathOf(hash)),
    has: (hash) => existsSync(pathOf(hash)),
    remove: (hash) => rm(pathOf(hash), { force: true }),
    all: () => allIn(root),
  };
}

type Place = { root: string; incoming: string; pathOf: (hash: string) => string };
type Limit = { bytes?: number; kinds?: readonly MediaType[] };

async function putFile(
  { root, incoming, pathOf }: Place,
  bytes: Readable,
  limit: Limit,
): Promise<Result<StoredFile, FileRefusal>> {
  const most = limit.bytes ?? MOST_FILE_BYTES;
  await mkdir(incoming, { recursive: true });
  const waiting = join(incoming, randomUUID());
  try {
    const { hash, sizeBytes, head } = await receive(bytes, waiting, most);
    if (sizeBytes > most) return refuse({ code: 'kernel.file_too_large', limit: `${Math.floor(most / 1_000_000)} MB` });
    if (sizeBytes === 0) return refuse({ code: 'kernel.file_empty' });
    const mediaType = mediaTypeOf(head);
    if (!mediaType || (limit.kinds && !limit.kinds.includes(mediaType))) return refuse({ code: 'kernel.file_kind' });
    const path = pathOf(hash);
    await mkdir(join(root, hash.slice(0, 2)), { recursive: true });
    await rename(waiting, path);
    return accept({ hash: hash as FileHash, mediaType, sizeBytes });
  } finally {
    await rm(waiting, { force: true });
  }
}

/** Write a stream to a place on disk, safely. Stops writing past the limit, but reads on, so that the sender hears why. */
async function receive(
  bytes: Readable,
  path: string,
  most: number,
): Promise<{ hash: string; sizeBytes: number; head: Buffer }> {
  const digest = createHash('sha256');
  const file = await open(path, 'wx', 0o600);
  let head = Buffer.alloc(0);
  let sizeBytes = 0;
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      sizeBytes += chunk.length;
      if (sizeBytes > most) continue;
      if (head.length < SNIFF_BYTES) head = Buffer.concat([head, chunk]).subarray(0, SNIFF_BYTES);
      digest.update(chunk);
      await file.write(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { hash: digest.digest('hex'), sizeBytes, head };
}

async function* allIn(root: string): AsyncGenerator<FileHash> {
  for (const folder of existsSync(root) ? (await readdir(root)).toSorted() : []) {
    if (!/^[0-9a-f]{2}$/.test(folder)) continue;
    for (const name of (await readdir(join(root, folder))).toSorted()) if (HASH.test(name)) yield name as FileHash;
  }
}

/** One use of a file: its name, what it shows, the record it belongs to. */
export type Attachment = {
  id: string;
  hash: FileHash;
  name: string;
  mediaType: string;
  sizeBytes: number;
  purpose: string;
  subject: string | null; // null: uploaded, not yet used
  at: Date;
};

export type NewAttachment = {
  id: string;
  file: StoredFile;
  name: string;
  purpose: string;
  subject: string | null;
  audience: Audience;
};

/** Take note of a stored file. Runs as the owner: requests may not claim that a file exists. */
export async function rememberFile(db: AnyDb, { hash, mediaType, sizeBytes }: StoredFile): Promise<void> {
  await sql`insert into kernel.file (hash, media_type, size_bytes) values (${hash}, ${mediaType}, ${sizeBytes})
    on conflict do nothing`.execute(db);
}

/** Use a stored file. In a viewer's transaction it is his; a file without a record yet is seen by him alone. */
export async function attach(tx: AnyTx, a: NewAttachment): Promise<void> {
  await sql`insert into kernel.attachment (id, hash, name, purpose, subject, area_codes, org_ids) values (${a.id},
    ${a.file.hash}, ${fileName(a.name)}, ${a.purpose}, ${a.subject}, ${[...a.audience.areaCodes]}::text[],
    ${[...a.audience.orgIds]}::uuid[])`.execute(tx);
}

/**
 * Give uploaded files to the record they belong to: from now on they are seen with it. Only files without a record, and
 * in a viewer's transaction only his own. Returns the ids that were given.
 */
export async function giveTo(
  tx: AnyTx,
  ids: readonly string[],
  to: { subject: string; purpose: string; audience: Audience },
): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{
    id: string;
  }>`update kernel.attachment set subject = ${to.subject}, purpose = ${to.purpose},
    area_codes = ${[...to.audience.areaCodes]}::text[], org_ids = ${[...to.audience.orgIds]}::uuid[]
    where id = any(${[...ids]}::uuid[]) and subject is null returning id`.execute(tx);
  return rows.map((r) => r.id);
}

const columns = sql`a.id, a.hash, a.name, f.media_type as "mediaType", f.size_bytes as "sizeBytes", a.purpose, a.subject, a.at`;

/** The files of records, oldest first, as far as `db` sees them. */
export async function attachmentsOf(db: AnyDb, subjects: readonly string[]): Promise<Attachment[]> {
  if (subjects.length === 0) return [];
  const { rows } =
    await sql<Attachment>`select ${columns} from kernel.attachment a join kernel.file f on f.hash = a.hash
    where a.subject = any(${[...subjects]}::text[]) order by a.at, a.id`.execute(db);
  return rows;
}

export async function findAttachment(db: AnyDb, id: string): Promise<Attachment | undefined> {
  const { rows } =
    await sql<Attachment>`select ${columns} from kernel.attachment a join kernel.file f on f.hash = a.hash
    where a.id = ${id}::uuid`.execute(db);
  return rows[0];
}

/** An upload that no record took within a week was a mistake; bytes that nothing uses go with it. */
export async function sweepFiles(db: AnyDb, store: FileStore, now: Date): Promise<number> {
  const old = new Date(now.getTime() - 7 * 86_400_000);
  await sql`delete from kernel.attachment where subject is null and at < ${old}`.execute(db);
  const { rows } = await sql<{ hash: FileHash }>`delete from kernel.file f where stored_at < ${old}
    and not exists (select from kernel.attachment a where a.hash = f.hash) returning hash`.execute(db);
  for (const { hash } of rows) await store.remove(hash);
  return rows.length;
}

/** Forget stored bytes at once, unless a record uses them: a list of people's names and phones is not kept when it was read. */
export async function dropFile(db: AnyDb, store: FileStore, hash: FileHash): Promise<void> {
  const { rows } = await sql`delete from kernel.file f where hash = ${hash}
    and not exists (select from kernel.attachment a where a.hash = f.hash) returning hash`.execute(db);
  if (rows.length > 0) await store.remove(hash);
}
