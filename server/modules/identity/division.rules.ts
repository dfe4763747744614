import type { Plain } from '../../kernel/packs.ts';
import type { DivisionsPack, IdentityPack } from './pack.ts';

export type Divisions = Plain<DivisionsPack>;
type CityFacts = Plain<IdentityPack>;

/** A row of `identity.division`. `parent` of the city itself is null. */
export type DivisionRow = {
  code: string;
  name: string;
  level: 'city' | 'district' | 'street' | 'community';
  parentCode: string | null;
  validFrom: string | null; // null: as long as records go back
  validTo: string | null; // null: in force
  successors: readonly string[];
};

/** Every division of the city, parents before children: the city, its districts, those that ended, streets, communities. */
export function divisionRows(
  city: { code: string; name: { zh: string } },
  { districts, streets, communities }: Divisions,
  { formerDistricts, newDistricts }: CityFacts,
): DivisionRow[] {
  const since = new Map(newDistricts.map(({ code, from }) => [code, from]));
  const row = (r: Pick<DivisionRow, 'code' | 'name' | 'level' | 'parentCode'> & Partial<DivisionRow>): DivisionRow => ({
    validFrom: null,
    validTo: null,
    successors: [],
    ...r,
  });
  const district = { level: 'district', parentCode: city.code } as const;
  return [
    row({ code: city.code, name: city.name.zh, level: 'city', parentCode: null }),
    ...districts.map(({ code, name }) => row({ code, name, ...district, validFrom: since.get(code) ?? null })),
    ...formerDistricts.map(({ code, name, to, successors }) =>
      row({ code, name, ...district, validTo: to, successors }),
    ),
    ...streets.map(([code, name]) => row({ code, name, level: 'street', parentCode: code.slice(0, 6) })),
    ...Object.entries(communities).flatMap(([street, list]) =>
      list.map(([last, name]) => row({ code: `${street}${last}`, name, level: 'community', parentCode: street })),
    ),
  ];
}

/** The codes a place belongs to, from district down: what `area_codes` of a row holds. Accepts any level's code. */
export const areaCodesOf = (code: string): string[] =>
  [6, 9, 12].filter((digits) => digits <= code.length).map((digits) => code.slice(0, digits));

/** The districts in force that a code means: itself, or those that took its place. Empty: not a code of this city. */
export function districtsInForce(code: string, { districts }: Divisions, { formerDistricts }: CityFacts): string[] {
  if (districts.some((d) => d.code === code)) return [code];
  const ended = formerDistricts.find((d) => d.code === code);
  return ended ? [...ended.successors] : [];
}
