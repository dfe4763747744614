import { z } from 'zod';
import { fact, measure, type Plain } from '../../kernel/packs.ts';

const code = z.string().regex(/^[a-z][a-z0-9_]*$/);
const named = z.strictObject({ code, name: z.string().min(1) });
const days = measure('d', z.int().min(0).max(365));
const workingDays = measure('working_days', z.int().min(1).max(120));

/** `packs/<city>/prevention.json`: clocks of findings and letters, what a quality check looks at, how units are evaluated. */
export const preventionPack = z.strictObject({
  findingDays: z.strictObject({ urgent: days, serious: days, general: days }),
  findingRemind: z.strictObject({ before: days, every: measure('d', z.int().min(1).max(60)) }), // before the last day; again and again after it
  suggestionDays: workingDays,
  appealWindowDays: workingDays,
  appealAnswerDays: workingDays,
  serviceCostCapPercent: measure('percent', z.int().min(1).max(100)), // above it the ledger warns; it refuses nothing
  categories: z.array(named).min(1),
  checklist: fact(z.array(named).min(1)),
  evaluation: z.strictObject({
    method: fact(z.string().min(1)), // the version that is published with every result
    windowMonths: measure('months', z.int().min(1).max(60)),
    leastChecks: measure('checks', z.int().min(1).max(100)), // below it no result is published
    weights: fact(
      z
        .strictObject({ qualification: z.int().min(0), capacity: z.int().min(0), record: z.int().min(0) })
        .refine((w) => w.qualification + w.capacity + w.record === 100, 'the weights make 100'),
    ),
    elevatorsPerTechnician: measure('elevators', z.int().min(1).max(500)), // up to this many each: full marks
  }),
});
export type PreventionPack = z.infer<typeof preventionPack>;
export type PreventionSettings = Plain<PreventionPack>;
