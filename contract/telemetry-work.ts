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
/** Work that goes on now, for the crew's phone. */
export const workLine = maintenanceWindow.extend({
  elevatorId: z.uuid(),
  address: z.string(),
  rescueCode: z.string().nullable(),
});
export const workList = z.object({ items: z.array(workLine) });

const happenedAt = z.iso.datetime({ offset: true }); // the phone's clock
/**
 * What a phone says of work at the car, now or out of its queue. `key` makes it count once; the beginning's key names
 * the work. `scanned`: the text of the plate's code, or the six digits.
 */
export const workReport = z.discriminatedUnion('do', [
  z.object({ do: z.literal('begin'), key: z.uuid(), scanned: typed(300).min(1), happenedAt, ...windowAsk.shape }),
  z.object({ do: z.literal('end'), key: z.uuid(), work: z.uuid(), happenedAt }),
]);
export type WorkReport = z.input<typeof workReport>;
export const workAnswer = z.object({
  elevatorId: z.uuid(),
  address: z.string(),
  rescueCode: z.string().nullable(),
  silentUntil: z.iso.datetime().nullable(), // null: detection looks
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
