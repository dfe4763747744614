import { z } from 'zod';

/** What the registry tells other modules. Frozen: a change is a new version beside the old. `subject` is the elevator's id. */

const elevatorChangedV1 = z.object({
  type: z.literal('registry.elevator_changed'),
  v: z.literal(1),
  data: z.object({
    elevatorId: z.uuid(),
    fields: z.array(z.string()), // what was written, an open list; ['*'] for a new file
  }),
});

const partiesChangedV1 = z.object({
  type: z.literal('registry.parties_changed'),
  v: z.literal(1),
  data: z.object({ elevatorId: z.uuid(), roles: z.array(z.string()) }),
});

const lifeCycleChangedV1 = z.object({
  type: z.literal('registry.life_cycle_changed'),
  v: z.literal(1),
  data: z.object({ elevatorId: z.uuid(), from: z.string(), to: z.string(), on: z.iso.date() }),
});

/** Many files at once: `subject` is the import's id. */
const elevatorsImportedV1 = z.object({
  type: z.literal('registry.elevators_imported'),
  v: z.literal(1),
  data: z.object({ runId: z.uuid(), elevatorIds: z.array(z.uuid()) }),
});

/** `elevatorId` is the file that stays; `goneId` resolves to it from now on. */
const elevatorMergedV1 = z.object({
  type: z.literal('registry.elevator_merged'),
  v: z.literal(1),
  data: z.object({ elevatorId: z.uuid(), goneId: z.uuid() }),
});

const responsibilityV1 = z.object({
  type: z.literal('registry.responsibility_changed'),
  v: z.literal(1),
  data: z.object({ elevatorId: z.uuid(), caseId: z.uuid(), open: z.boolean() }),
});

export type ElevatorChanged = z.infer<typeof elevatorChangedV1>;
export type PartiesChanged = z.infer<typeof partiesChangedV1>;
export type LifeCycleChanged = z.infer<typeof lifeCycleChangedV1>;
export type ElevatorsImported = z.infer<typeof elevatorsImportedV1>;
export type ElevatorMerged = z.infer<typeof elevatorMergedV1>;
export type ResponsibilityChanged = z.infer<typeof responsibilityV1>;

/** Read any version ever published and return the newest. Throws on anything else. */
export const readElevatorChanged = (raw: unknown): ElevatorChanged => elevatorChangedV1.parse(raw);
export const readPartiesChanged = (raw: unknown): PartiesChanged => partiesChangedV1.parse(raw);
export const readLifeCycleChanged = (raw: unknown): LifeCycleChanged => lifeCycleChangedV1.parse(raw);
export const readElevatorsImported = (raw: unknown): ElevatorsImported => elevatorsImportedV1.parse(raw);
export const readElevatorMerged = (raw: unknown): ElevatorMerged => elevatorMergedV1.parse(raw);
export const readResponsibilityChanged = (raw: unknown): ResponsibilityChanged => responsibilityV1.parse(raw);
