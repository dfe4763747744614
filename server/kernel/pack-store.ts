import { sql } from 'kysely';
import type { AnyDb, AnyTx } from './db.ts';
import type { PackVersion } from './pack-files.ts';
import type { Manifest } from './packs.ts';
import { accept, type Result, refuse } from './result.ts';

/** What is kept of a pack: who the city is, and each file's content with its version. */
export type StorablePack = {
  manifest: Manifest;
  versions: Readonly<Record<string, PackVersion>>;
  contents: Readonly<Record<string, unknown>>;
};

/** The database belongs to another city. Names in Chinese and English, so that both texts can name both cities. */
export type OtherCity = {
  code: 'packs.other_city';
  installed: string;
  installedEn: string;
  asked: string;
  askedEn: string;
};

/**
 * Keep this pack: the first city a database sees is its city for good; a file whose content differs from the newest
 * version becomes a new one. Loading the same pack again writes nothing.
 */
export async function storePack(tx: AnyTx, pack: StorablePack): Promise<Result<void, OtherCity>> {
  const { code, name } = pack.manifest;
  await sql`insert into kernel.installation (city_code, city_name) values (${code}, ${JSON.stringify(name)}::jsonb)
    on conflict do nothing`.execute(tx);
  // The lock also keeps two processes that start together from writing the same version twice.
  const { rows } = await sql<{ city_code: string; city_name: { zh: string; en: string } }>`
    select city_code, city_name from kernel.installation for update`.execute(tx);
  const installed = rows[0];
  if (installed && installed.city_code !== code) {
    return refuse({
      code: 'packs.other_city',
      installed: `${installed.city_name.zh} ${installed.city_code}`,
      installedEn: `${installed.city_name.en} ${installed.city_code}`,
      asked: `${name.zh} ${code}`,
      askedEn: `${name.en} ${code}`,
    });
  }
  for (const [file, { sha256 }] of Object.entries(pack.versions)) {
    await keepVersion(tx, { file, sha256, content: pack.contents[file] });
  }
  return accept(undefined);
}

async function keepVersion(tx: AnyTx, { file, sha256, content }: { file: string; sha256: string; content: unknown }) {
  await sql`insert into kernel.pack_version (file, sha256, content)
    select ${file}, ${sha256}, ${JSON.stringify(content)}::jsonb
    where ${sha256} is distinct from
      (select v.sha256 from kernel.pack_version v where v.file = ${file} order by v.id desc limit 1)`.execute(tx);
}

/** The content a decision used, by the version name it stored. Undefined: no such version was ever in force here. */
export async function packVersion(
  db: AnyDb,
  name: string,
): Promise<{ file: string; content: unknown; loadedAt: Date } | undefined> {
  const { rows } = await sql<{ file: string; content: unknown; loaded_at: Date }>`
    select file, content, loaded_at from kernel.pack_version where name = ${name} order by id limit 1`.execute(db);
  const row = rows[0];
  return row && { file: row.file, content: row.content, loadedAt: row.loaded_at };
}
