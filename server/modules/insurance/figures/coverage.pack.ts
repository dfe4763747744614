import { z } from 'zod';
import { fact, measure, type Plain } from '../../../kernel/packs.ts';

const places = z.array(z.string().regex(/^[a-z_]+$/)); // place classes of the registry; empty: every place

/** One goal of a notice: which elevators, how many of a hundred, by when. */
const target = z.strictObject({
  id: z.string().regex(/^[a-z0-9_]+$/),
  name: z.string().min(1),
  places: fact(places),
  excludedAreas: fact(z.array(z.string().regex(/^\d{6}$/))), // districts the goal does not bind
  percent: measure('percent', z.int().min(1).max(100).nullable()), // null: the notice names no number
  dueOn: fact(z.iso.date().nullable()),
});

/** `packs/<city>/coverage.json`: the goals of cover, and what counts as a public place. */
export const coveragePack = z.strictObject({
  targets: z.array(target),
  publicPlaces: fact(places.min(1)),
  annex: z.strictObject({
    dueOn: fact(z.string().regex(/^\d{2}-\d{2}$/)), // month and day of the yearly report
    remindDays: measure('d', z.int().min(1).max(90)), // before it
  }),
});
export type CoveragePack = z.infer<typeof coveragePack>;
export type CoverageSettings = Plain<CoveragePack>;
