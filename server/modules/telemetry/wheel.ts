/** Wakes elevators at their time. Holds each at most once; a later time than the one held costs nothing. */
export type Wheel = {
  set: (no: number, atMs: number | null) => void;
  /** Those whose held time has come, at most this many. They leave the wheel: set them again with their present time. */
  due: (nowMs: number, most: number) => number[];
  size: () => number;
};

const SLOT_MS = 250;

export function openWheel(): Wheel {
  const slots = new Map<number, Set<number>>();
  const held = new Map<number, number>(); // elevator → slot
  let next = Number.POSITIVE_INFINITY; // the earliest slot that may hold anything
  const drop = (no: number): void => {
    const slot = held.get(no);
    if (slot === undefined) return;
    held.delete(no);
    const there = slots.get(slot);
    there?.delete(no);
    if (there?.size === 0) slots.delete(slot);
  };
  return {
    set: (no, atMs) => {
      if (atMs === null) return drop(no);
      const slot = Math.floor(atMs / SLOT_MS);
      const before = held.get(no);
      if (before !== undefined && before <= slot) return; // it wakes early, sees that it is early, and is set again
      drop(no);
      held.set(no, slot);
      const there = slots.get(slot);
      if (there) there.add(no);
      else slots.set(slot, new Set([no]));
      next = Math.min(next, slot);
    },
    due: (nowMs, most) => {
      const now = Math.floor(nowMs / SLOT_MS);
      if (next > now) return [];
      const found: number[] = [];
      for (const slot of [...slots.keys()].filter((s) => s <= now).sort((a, b) => a - b)) {
        for (const no of slots.get(slot) ?? []) {
          if (found.length >= most) break;
          found.push(no);
        }
      }
      for (const no of found) drop(no);
      next = found.length >= most ? now : Math.min(Number.POSITIVE_INFINITY, ...slots.keys());
      return found;
    },
    size: () => held.size,
  };
}
