import { type Fact, type Plain, plainOf } from '../../kernel/packs.ts';
import {
  type AreaBook,
  areaBook,
  centreOf,
  type DivisionsPack,
  districtAt,
  divisionRows,
  type IdentityPack,
  type OutlinesPack,
  outlineFeatures,
  outlinesOn,
} from '../identity/index.ts';
import { type IndustryBook, industryBook } from './industry.rules.ts';
import type { RegistryPack } from './pack.ts';
import { toWgs84 } from './wgs84.ts';

/** What the registry reads of a city's pack. */
export type RegistryNeeds = {
  registry: RegistryPack;
  identity: IdentityPack;
  divisions: DivisionsPack;
  outlines: OutlinesPack;
  /** Of the desk's own figures only the number to dial: it stands on every plate. */
  rescue: { hotline: Fact<string> };
};

/** The city as the registry knows it: its classes and figures, its divisions, its districts' shapes. */
export type City = {
  facts: Plain<RegistryPack>;
  areas: AreaBook;
  /** Districts as they are drawn on a day, GeoJSON in WGS-84. One without a shape is not among them. */
  districts: (day: string) => ReturnType<typeof outlineFeatures>;
  /** Where a district's count stands on the map; null when nobody knows. */
  centre: (code: string) => { lng: number; lat: number } | null;
  /** Which industry's department answers for a place. */
  industries: IndustryBook;
  hotline: string;
  toWgs84: typeof toWgs84;
  /** The district whose shape holds a point today; null when none does. */
  districtAt: (point: { lng: number; lat: number }) => string | null;
};

export function cityOf(pack: RegistryNeeds, city: { code: string; name: { zh: string } }): City {
  const [divisions, identity, shapes] = [plainOf(pack.divisions), plainOf(pack.identity), plainOf(pack.outlines)];
  const areas = areaBook(divisionRows(city, divisions, identity));
  // Shapes that still hold: those drawn for an earlier time are over by any later day.
  const current = outlinesOn(shapes.outlines, '9999-12-31');
  const names = new Map(divisions.districts.map((d) => [d.code, d.name]));
  return {
    facts: plainOf(pack.registry),
    areas,
    districts: (day) => outlineFeatures(outlinesOn(shapes.outlines, day), names),
    industries: industryBook(plainOf(pack.registry).placeKinds),
    hotline: pack.rescue.hotline.value,
    toWgs84,
    districtAt: (point) => districtAt(point, current, '9999-12-31'),
    centre: (code) => centreOf(code, shapes.outlines, identity),
  };
}
