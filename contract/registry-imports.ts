import { z } from 'zod';
import { crs } from './registry.ts';

/** Imports: a file of rows, how its columns are read, how far it is, what was wrong. */

const units = z.object({ speed: z.enum(['m/s', 'mm/s', 'ft/min']), load: z.enum(['kg', 'lb']), crs });

const mapping = z.record(z.string().max(100), z.string().max(40)); // column → field; '' leaves the column out

/** An import: a file of rows, how its columns are read, and how far it is. */
export const importRun = z.object({
  id: z.uuid(),
  kind: z.string(),
  sourceName: z.string(),
  fileName: z.string(),
  format: z.object({ kind: z.enum(['csv', 'xlsx']), encoding: z.string(), delimiter: z.string() }),
  columns: z.array(z.string()),
  fields: z.array(z.string()), // what a column may mean; words under registry.field.<name>
  mapping,
  units,
  dry: z.boolean(), // nothing is written, only looked at
  state: z.enum(['ready', 'running', 'done', 'failed', 'cancelled']),
  reason: z.string().nullable(),
  rowsDone: z.int(),
  created: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  remarked: z.int(),
  missing: z.record(z.string(), z.int()), // rows that say nothing for a field
  madeAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
});
export type ImportRunView = z.infer<typeof importRun>;
export const importPrepared = importRun.extend({ sample: z.array(z.array(z.string())) });
export const importRuns = z.object({ items: z.array(importRun) });
export const importStart = z.object({ dry: z.boolean(), mapping, units });

export const importFault = z.object({
  rowNo: z.int(),
  nth: z.int(),
  refused: z.boolean(), // the row was not taken; else only the cell was left out or remarked
  column: z.string(),
  value: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  line: z.string(), // in the caller's language: 第 312 行『注册代码』应为 20 位数字，现为 19 位
});

export const importFaults = z.object({ items: z.array(importFault), next: z.string().nullable() });
