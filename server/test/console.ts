import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../app.ts';
import { readConfig } from '../kernel/config.ts';
import { programDir } from '../kernel/program.ts';
import { invariant } from '../kernel/result.ts';
import { loadCityPack } from '../packs.ts';
import type { WholeHouse } from './scope/house.ts';

/** The console as it is built, in a folder of its own, apart from the one in use. */
export async function buildConsole(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'tian-console-'));
  const { build } = await import('vite');
  await build({ root: programDir, logLevel: 'error', build: { outDir, emptyOutDir: true } });
  return outDir;
}

export type Console = { address: string; close: () => Promise<void> };
type Asked = { webDir: string; map?: Record<string, string>; started?: string };

/**
 * A house with its console, at an address of this machine; `map`: the settings of another base map; `started`: the module
 * whose background work runs, such as the feed of the map.
 */
export async function openConsole(house: WholeHouse, { webDir, map = {}, started }: Asked): Promise<Console> {
  const read = readConfig(map);
  const pack = await loadCityPack({ city: '320200', programDir, extraDir: null });
  invariant(read.ok && pack.ok, 'configuration and pack are whole');
  const config = { ...house.kernel.config, map: read.value.map };
  const { site, modules } = await buildApp({ ...house.kernel, config }, pack.value, { webDir });
  const stop = await modules.find(({ name }) => name === started)?.start?.();
  const address = await site.listen({ host: '127.0.0.1', port: 0 });
  const close = async () => {
    await stop?.();
    await site.close();
  };
  return { address, close };
}

/** The cookies of one who is signed in with a role; none for nobody. */
export function signedIn(house: WholeHouse, role: string, url: string): { name: string; value: string; url: string }[] {
  if (role === 'nobody') return [];
  const asker = house.askers.find((one) => one.name === role);
  invariant(asker, `the demo has a ${role}`);
  const [name = '', value = ''] = (asker.headers['cookie'] ?? '').split('=');
  return [{ name, value, url }];
}
