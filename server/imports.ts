import type { ImportKind } from './kernel/import-kind.ts';
import type { Kernel } from './kernel/module.ts';
import { plainOf } from './kernel/packs.ts';
import { type AreaBook, areaBook, divisionRows, identityDeps, identityImports } from './modules/identity/index.ts';
import { rescueImports } from './modules/rescue/index.ts';
import type { CityPack } from './packs.ts';

/** What lists bring in beside elevators, each kind kept by its own module: the registry runs them all. */
export function otherImports(kernel: Kernel, pack: CityPack): readonly ImportKind[] {
  const areas = cityAreas(pack);
  const identity = identityDeps(kernel);
  return [...identityImports(identity, areas), ...rescueImports({ ...identity, areas })];
}

/** The city's divisions under the names of its pack. */
export const cityAreas = ({ manifest, files }: CityPack): AreaBook =>
  areaBook(divisionRows(manifest, plainOf(files.divisions), plainOf(files.identity)));
