import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const table = z.strictObject({
  name: z.string(), // 'registry.elevator'
  columns: z.array(z.string()), // in the order of the data; generated columns are left out
  partition: z.strictObject({ of: z.string(), bounds: z.string() }).nullable(),
  rows: z.int().nonnegative(),
  file: z.string(), // below the backup: COPY text, gzip
  sha256, // of that file
});
export type BackupTable = z.infer<typeof table>;

const manifest = z.strictObject({
  format: z.literal(1),
  version: z.string(), // of the program that made it
  madeAt: z.iso.datetime(),
  migrations: z.array(z.strictObject({ name: z.string(), sha256 })),
  keys: z.array(z.strictObject({ id: z.string(), fingerprint: z.string() })), // the keys themselves are not in a backup
  tables: z.array(table),
  sequences: z.array(z.strictObject({ name: z.string(), lastValue: z.string(), isCalled: z.boolean() })),
  files: z.array(z.strictObject({ path: z.string(), bytes: z.int().nonnegative(), sha256 })),
});
export type BackupManifest = z.infer<typeof manifest>;

export const MANIFEST = 'manifest.json';

/** What keeps a backup from being used. */
export type BackupFault =
  | { code: 'kernel.backup_unreadable'; file: string; reason: string }
  | { code: 'kernel.backup_damaged'; file: string };

/** Read the list of contents of a backup folder. */
export function readManifest(dir: string): BackupManifest | BackupFault {
  const path = join(dir, MANIFEST);
  if (!existsSync(path)) {
    return { code: 'kernel.backup_unreadable', file: path, reason: 'it is missing: this is no finished backup' };
  }
  try {
    return manifest.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    // A file from outside: said with its name, never a stack.
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : 'it is not JSON';
    return { code: 'kernel.backup_unreadable', file: path, reason };
  }
}

/** Compare every file of a backup with the hash in its list. The first that differs, or null. */
export async function findDamage(dir: string, { tables, files }: BackupManifest): Promise<BackupFault | null> {
  const listed = [...tables, ...files.map((f) => ({ file: join('files', f.path), sha256: f.sha256 }))];
  for (const { file, sha256: expected } of listed) {
    const path = join(dir, file);
    if (!existsSync(path) || (await hashOfFile(path)) !== expected) return { code: 'kernel.backup_damaged', file };
  }
  return null;
}

export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
