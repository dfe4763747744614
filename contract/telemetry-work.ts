import { z } from 'zod';
import { typed } from './text.ts';

/** Work on elevators that telemetry must know of, and who may speak for which elevator. */

const can = z.union([z.literal(true), z.object({ code: z.string() }).loose()]);

/** The longest work that may be declared at once; what takes longer is declared again. */
export const MOST_MINUTES = 480;
export const windowAsk = z.object({
  minutes: z.int().min(15).max(MOST_MINUTES),
  reason: typed(120).min(1),
});
export const maintenanceWindow = z.object({
  id: z.uuid(),
  org: z.string(),
  reason: z.string(),
  startedAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
});
export const windowState = z.object({
  current: maintenanceWindow.nullable(),
  can: z.object({ begin: can, end: can }),
});
export type WindowState = z.infer<typeof windowState>;

/** An elevator that a sender may speak for although its organisation is no party to it. */
export const bindingLine = z.object({
  elevatorId: z.uuid(),
  address: z.string(),
  rescueCode: z.string().nullable(),
  registrationCode: z.string().nullable(),
  boundAt: z.iso.datetime(),
});
export type BindingLine = z.infer<typeof bindingLine>;
export const bindingList = z.object({ items: z.array(bindingLine) });
/** By code, as it stands on the elevator: a rescue code or a registration code. One a line or parted by commas. */
export const bindingAsk = z.object({ codes: z.array(typed(40).min(1)).min(1).max(500) });
export const bindingAnswer = z.object({
  bound: z.int(), // newly
  known: z.int(), // bound already
  unknown: z.array(z.string()), // codes that lead to no elevator the viewer sees
});
