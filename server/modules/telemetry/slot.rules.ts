/**
 * Elevators are shared out in this many slots, and slots among ingest processes. The number is part of what lies in the
 * stream and in the checkpoints: it never changes.
 */
export const SLOTS = 16;

/** The slot of an elevator. Its number rises one by one, so that slots are of one size. */
export const slotOf = (elevatorNo: number): number => elevatorNo % SLOTS;

/** The slots of one process of several; every slot is somebody's, and nobody else's. */
export const slotsOf = ({ number, of }: { number: number; of: number }): readonly number[] =>
  Array.from({ length: SLOTS }, (_, slot) => slot).filter((slot) => slot % of === number);
