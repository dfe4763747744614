import { createHash, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import type { AnyDb } from './db.ts';
import { accept, invariant, type Result, refuse } from './result.ts';

/**
 * The keys of an installation. One secret of 256 bits a key id, in one file beside the data; everything else is
 * derived from it. Who loses the file loses every name and phone number: nothing else can open them.
 */
export type Keys = {
  currentId: string;
  ids: readonly string[]; // oldest first
  /** A key of 256 bits for one use, e.g. 'field.aes'. Different uses never share a key. */
  derive: (id: string, use: string) => KeyObject;
  fingerprintOf: (id: string) => string;
};

export const KEY_FILE = 'tian.key';

const file = z.strictObject({
  about: z.string(),
  current: z.string(),
  keys: z
    .array(z.strictObject({ id: z.string().regex(/^k\d+$/), secret: z.base64(), madeAt: z.iso.datetime() }))
    .min(1),
});

const ABOUT =
  '梯安密钥文件：姓名、电话等个人信息只能用它解密，丢失后无法恢复。请与数据库备份分开保存，勿外传。' +
  ' Tian key file: names and phone numbers can be read only with it; if it is lost they are lost. Keep a copy apart from the backups.';

/** Read the key file of a data folder, or make it (mode 0600) when there is none. `made` says that it is new. */
export function openKeys(dataDir: string, now: Date): { keys: Keys; made: boolean } {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, KEY_FILE);
  const fresh = { id: 'k1', secret: randomBytes(32).toString('base64'), madeAt: now.toISOString() };
  try {
    // 'wx': two processes may start at once; only one makes the file, the other reads it.
    const text = `${JSON.stringify({ about: ABOUT, current: 'k1', keys: [fresh] }, null, 2)}\n`;
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
    return { keys: keysFrom([fresh], 'k1'), made: true };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return { keys: readKeys(path), made: false };
}

/** Keys for tests and tools, from a text of their own choosing. Never for an installation. */
export const keysForTest = (seed = 'test'): Keys =>
  keysFrom([{ id: 'k1', secret: createHash('sha256').update(seed).digest('base64') }], 'k1');

function readKeys(path: string): Keys {
  const parsed = file.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  invariant(parsed.success, `${path} is a key file of Tian`);
  return keysFrom(parsed.data.keys, parsed.data.current);
}

function keysFrom(entries: readonly { id: string; secret: string }[], currentId: string): Keys {
  const secrets = new Map(entries.map(({ id, secret }) => [id, Buffer.from(secret, 'base64')]));
  const secretOf = (id: string): Buffer => {
    const secret = secrets.get(id);
    invariant(secret, `the key file holds key ${id}`);
    invariant(secret.length === 32, `key ${id} has 256 bits`);
    return secret;
  };
  secretOf(currentId);
  const derived = new Map<string, KeyObject>();
  const derive = (id: string, use: string): KeyObject => {
    const name = `${id} ${use}`;
    const known = derived.get(name);
    if (known) return known;
    const key = createSecretKey(Buffer.from(hkdfSync('sha256', secretOf(id), 'tian', use, 32)));
    derived.set(name, key);
    return key;
  };
  return {
    currentId,
    ids: entries.map((e) => e.id),
    derive,
    fingerprintOf: (id) => createHash('sha256').update('tian key ').update(secretOf(id)).digest('hex').slice(0, 16),
  };
}

export type KeyRefusal =
  | { code: 'kernel.key_missing'; id: string }
  | { code: 'kernel.key_wrong'; id: string; expected: string; found: string };

/**
 * Does the key file belong to this database? Each key the database was written with must be there. A new database
 * takes note of the keys; a lost or foreign key file stops the start before anything is written with it.
 */
export async function checkKeys(db: AnyDb, keys: Keys): Promise<Result<null, KeyRefusal>> {
  const { rows } = await sql<{ id: string; fingerprint: string }>`select id, fingerprint from kernel.key_ref`.execute(
    db,
  );
  for (const { id, fingerprint } of rows) {
    if (!keys.ids.includes(id)) return refuse({ code: 'kernel.key_missing', id });
    const found = keys.fingerprintOf(id);
    if (found !== fingerprint) return refuse({ code: 'kernel.key_wrong', id, expected: fingerprint, found });
  }
  for (const id of keys.ids)
    await sql`insert into kernel.key_ref (id, fingerprint) values (${id}, ${keys.fingerprintOf(id)}) on conflict do nothing`.execute(
      db,
    );
  return accept(null);
}
