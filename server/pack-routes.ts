import { z } from 'zod';
import { cityPack, type PackFact, packFileFacts } from '../contract/packs.ts';
import type { AnyDb } from './kernel/db.ts';
import { problem, type Routes } from './kernel/http.ts';
import type { Pack, PackSchemas } from './kernel/pack-files.ts';
import { packVersion } from './kernel/pack-store.ts';
import { type FactLine, factsOf } from './kernel/packs.ts';

/** A value with more text than this is counted, not shown: nobody reads a thousand streets in a table of figures. */
const LONGEST_VALUE = 2_000;

const status = { 'packs.no_such_version': 404 } as const;

/** Which figures the city uses and where each comes from. They are public within the house: every account may read them. */
export const packRoutes =
  (db: AnyDb, pack: Pack<PackSchemas>): Routes =>
  async (app) => {
    const summary = summaryOf(pack);
    const inForce = new Set(summary.files.map((file) => file.version));

    app.get(
      '/city-pack',
      {
        config: { access: 'signed_in' },
        schema: { summary: 'The city, its notices, and the files of figures in force', response: { 200: cityPack } },
      },
      () => summary,
    );

    app.get(
      '/city-pack/:version',
      {
        config: { access: 'signed_in' },
        schema: {
          summary: 'Every figure of one file with its source, in the version that a decision named',
          params: z.object({ version: z.string().regex(/^[a-z]+@[0-9a-f]{12}$/) }),
          response: { 200: packFileFacts },
        },
      },
      async ({ params }, reply) => {
        const kept = await packVersion(db, params.version);
        if (!kept) return problem(reply, status, { code: 'packs.no_such_version', version: params.version });
        const current = inForce.has(params.version);
        return {
          file: kept.file,
          version: params.version,
          since: kept.loadedAt.toISOString(),
          inForce: current,
          // The database keeps no order of keys; the loaded file has the one its writer chose.
          facts: factsOf(current ? pack.contents[kept.file] : kept.content).map(shown),
        };
      },
    );
  };

function summaryOf({ manifest, files, versions }: Pack<PackSchemas>) {
  const { code, name, standing, remarks, notices } = manifest;
  const summaries = Object.entries(files).map(([file, content]) => {
    const facts = factsOf(content);
    const { name: version = '', sha256 = '' } = versions[file] ?? {};
    return { file, version, sha256, facts: facts.length, verified: facts.filter((f) => f.verified).length };
  });
  return { code, name, standing, remarks, notices, files: summaries };
}

function shown({ path, value, unit, source, verified, from, note }: FactLine): PackFact {
  const text = JSON.stringify(value);
  const long = text.length > LONGEST_VALUE;
  return {
    path,
    value: long ? null : z.json().parse(value),
    entries: long ? Object.keys(Object(value)).length : null,
    unit: unit ?? null,
    source,
    verified,
    from: from ?? null,
    note: note ?? null,
  };
}
