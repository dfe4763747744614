import { z } from 'zod';
import { STATISTIC_GROUPS } from './rescue-vocabulary.ts';

/** Rescue figures as a city publishes them. */

const instant = z.iso.datetime({ offset: true });

export const groupBy = z.enum(STATISTIC_GROUPS);
export const statisticsQuery = z.object({ from: z.iso.date(), to: z.iso.date(), by: groupBy.default('district') });
const seconds = z.object({ mean: z.number(), p50: z.number(), p90: z.number() }).nullable(); // null: none to count
export const statisticsRow = z.object({
  key: z.string(),
  name: z.string(),
  incidents: z.int(),
  people: z.int(),
  arrival: seconds,
  rescue: seconds,
  trapped: seconds,
  responseRate: z.number().nullable(), // accepted within the limit
  arrivalRate: z.number().nullable(), // arrived within the limit
  elevators: z.int().nullable(), // in use; null where the group is not one of elevators
  ratePer100: z.number().nullable(), // 困人率: per 100 elevators in use and month
});
export const statistics = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  by: groupBy,
  total: statisticsRow,
  rows: z.array(statisticsRow),
  beside: z.object({ falseAlarms: z.int(), drills: z.int(), joined: z.int(), repeats: z.int(), calls: z.int() }),
  /** What sensors took for an entrapment, and what it was: 命中率 is confirmed of confirmed and refuted. */
  alarms: z.object({
    raised: z.int(), // incidents a sensor spoke for
    confirmed: z.int(), // people were inside
    refuted: z.int(), // nobody was, or the desk dismissed it
    open: z.int(), // not known yet
    hitRate: z.number().nullable(), // null: none is judged yet
    first: z.int(), // of those confirmed: nobody had called yet
  }),
  repeats: z.array(
    z.object({
      elevatorId: z.uuid(),
      address: z.string(),
      rescueCode: z.string().nullable(),
      incidents: z.int(),
      lastAt: instant,
    }),
  ),
  limits: z.object({ responseSeconds: z.int(), arrivalSeconds: z.int() }),
});
