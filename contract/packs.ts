import { z } from 'zod';

/** The city pack over HTTP: which figures are in force, each with its source. */

/** Where a figure comes from: one of the notices and its clause, or a reference in words. */
export const packSource = z.union([z.object({ notice: z.int(), clause: z.string() }), z.object({ ref: z.string() })]);

/** One figure. A long value (all streets, all outlines) is left out and counted instead. */
export const packFact = z.object({
  path: z.string(), // where it stands in its file: `$.clocks.handOffSeconds`
  value: z.json().nullable(), // null with `entries`: too long to show here
  entries: z.int().nullable(),
  unit: z.string().nullable(),
  source: packSource,
  verified: z.boolean(), // read in the clause it names, as used here
  from: z.iso.date().nullable(),
  note: z.string().nullable(),
});
export type PackFact = z.infer<typeof packFact>;

/** One file in force and how much of it is verified. */
export const packFileSummary = z.object({
  file: z.string(), // 'rescue'
  version: z.string(), // what decisions store: 'rescue@0123456789ab'
  sha256: z.string(),
  facts: z.int(),
  verified: z.int(),
});

export const cityPack = z.object({
  code: z.string(),
  name: z.object({ zh: z.string(), en: z.string() }),
  standing: z.enum(['issued', 'draft']), // draft: the city's notice was never issued
  remarks: z.array(z.string()),
  notices: z.array(
    z.object({
      id: z.int(),
      city: z.string(),
      title: z.string(),
      number: z.string().nullable(),
      on: z.iso.date().nullable(),
      standing: z.enum(['issued', 'draft']),
    }),
  ),
  files: z.array(packFileSummary),
});
export type CityPackSummary = z.infer<typeof cityPack>;

/** The figures of one file: the one in force, or an earlier version by its name. */
export const packFileFacts = z.object({
  file: z.string(),
  version: z.string(),
  since: z.iso.datetime(), // when this installation first loaded it
  inForce: z.boolean(),
  facts: z.array(packFact),
});
export type PackFileFacts = z.infer<typeof packFileFacts>;

/** The code of the words that name a figure: by file and place, whichever of a list; years of the calendar share one. */
export const factWord = (file: string, path: string): string =>
  file === 'calendar' ? 'packs.fact.calendar' : `packs.fact.${file}${path.slice(1).replaceAll(/\[\d+\]/g, '')}`;
