import { z } from 'zod';

/** 行业主管部门: the elevators of an industry, and what is still to be done about them. */
export const industryLine = z.object({
  industry: z.string(), // `registry.industry.<industry>`
  offices: z.array(z.object({ id: z.uuid(), name: z.string() })),
  mine: z.boolean(), // the viewer's own department is among them
  elevators: z.int(), // not scrapped
  unknownUseUnit: z.int(),
  uninsured: z.int(), // in use, and no policy covers it today
  withGaps: z.int(), // files that lack something
  openCases: z.int(), // nobody answers, and the street is settling it
  overdue: z.int(), // the day of the next inspection is over
});
export const industryWork = z.object({
  items: z.array(industryLine),
  nobodys: z.int(), // elevators at places of no industry, or of unknown place
  canName: z.boolean(), // may the viewer say which departments answer
});
export const industryOffices = z.object({ orgIds: z.array(z.uuid()).max(20) });
