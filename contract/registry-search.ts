import { z } from 'zod';
import { typed } from './text.ts';

/** What the search box finds, and the roll-up of the city. */

/** One hit of the search box. `elevators`: how many stand behind a place, organisation or division. */
export const searchHit = z.object({
  kind: z.enum(['elevator', 'place', 'org', 'area']),
  id: z.string(),
  title: z.string(),
  subtitle: z.string(),
  code: z.string().nullable(), // the code that was found
  elevators: z.int(),
});
export type SearchHit = z.infer<typeof searchHit>;

export const searchQuery = z.object({
  q: typed(100).min(1),
  limit: z.coerce.number().int().min(1).max(50).default(12),
});

export const searchAnswer = z.object({ items: z.array(searchHit) });

/** One row of the roll-up: a division, an estate or a building, with its elevators counted. */
export const overviewRow = z.object({
  level: z.enum(['city', 'district', 'street', 'community', 'building']),
  code: z.string().nullable(), // division code or building id; null: not known
  name: z.string(),
  elevators: z.int(),
  inUse: z.int(),
  byState: z.record(z.string(), z.int()),
  unknownUseUnit: z.int(),
  rescueCoded: z.int(), // with a rescue code in force
  olderThan15: z.int(),
  meanQuality: z.number().nullable(),
});

export const overview = z.object({
  path: z.array(z.object({ code: z.string(), name: z.string() })), // from the city down to here
  here: overviewRow,
  below: z.array(overviewRow),
});
export type Overview = z.infer<typeof overview>;
