import type { ImportKind } from './kernel/import-kind.ts';
import type { Kernel } from './kernel/module.ts';
import { plainOf } from './kernel/packs.ts';
import { areaBook, divisionRows, identityDeps, identityImports } from './modules/identity/index.ts';
import { rescueImports } from './modules/rescue/index.ts';
import type { CityPack } from './packs.ts';

/** What lists bring in beside elevators, each kind kept by its own module: the registry runs them all. */
export function otherImports(kernel: Kernel, { manifest, files }: CityPack): readonly ImportKind[] {
  const areas = areaBook(divisionRows(manifest, plainOf(files.divisions), plainOf(files.identity)));
  const identity = identityDeps(kernel);
  return [...identityImports(identity, areas), ...rescueImports({ ...identity, areas })];
}
