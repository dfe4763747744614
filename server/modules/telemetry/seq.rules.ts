/**
 * Which message numbers of one sender and elevator were seen: everything up to `max` within the last 1,024,
 * but for the ranges in `missing` (first and last, ascending). A box that counts without holes costs three numbers.
 */
export type Window = {
  sourceNo: number;
  boot: number;
  max: number;
  missing: readonly (readonly [number, number])[];
};

/** Windows of one elevator: of each sender the counting that runs, and the one before its last restart. */
export type Windows = readonly Window[];

export const NO_WINDOWS: Windows = [];
export const REMEMBERED = 1_024;
const BOOTS_KEPT = 2;

export type Seen = 'new' | 'repeated' | 'too_old';
type Numbered = { sourceNo: number; boot: number; seq: number };

/** Is this number new? With the windows as they stand once it is kept. */
export function admit(windows: Windows, { sourceNo, boot, seq }: Numbered): { seen: Seen; windows: Windows } {
  const window = windows.find((w) => w.sourceNo === sourceNo && w.boot === boot);
  if (!window) return begin(windows, { sourceNo, boot, seq });
  const next = advance(window, seq);
  if (typeof next === 'string') return { seen: next, windows };
  return { seen: 'new', windows: windows.length === 1 ? [next] : windows.map((w) => (w === window ? next : w)) };
}

/** A counting not heard of before: a new sender, or one that started again. */
function begin(windows: Windows, { sourceNo, boot, seq }: Numbered): { seen: Seen; windows: Windows } {
  const known = windows.filter((w) => w.sourceNo === sourceNo);
  const older = known.length === BOOTS_KEPT && known.every((w) => w.boot > boot);
  if (older) return { seen: 'too_old', windows };
  const kept = [...known, opened({ sourceNo, boot, seq })].sort((a, b) => b.boot - a.boot).slice(0, BOOTS_KEPT);
  return { seen: 'new', windows: [...windows.filter((w) => w.sourceNo !== sourceNo), ...kept] };
}

/** The first number ever heard: those before it may still be on their way. */
const opened = ({ sourceNo, boot, seq }: Numbered): Window => ({
  sourceNo,
  boot,
  max: seq,
  missing: trimmed(seq > 0 ? [[0, seq - 1]] : [], seq),
});

function advance(window: Window, seq: number): Window | 'repeated' | 'too_old' {
  const { sourceNo, boot, max, missing } = window;
  if (seq === max + 1)
    return { sourceNo, boot, max: seq, missing: missing.length > 0 ? trimmed(missing, seq) : missing };
  if (seq > max) return { sourceNo, boot, max: seq, missing: trimmed([...missing, [max + 1, seq - 1]], seq) };
  if (seq <= max - REMEMBERED) return 'too_old';
  const hole = missing.find(([from, to]) => from <= seq && seq <= to);
  if (!hole) return 'repeated';
  const [from, to] = hole;
  const left: readonly (readonly [number, number])[] = [
    ...(from < seq ? [[from, seq - 1] as const] : []),
    ...(seq < to ? [[seq + 1, to] as const] : []),
  ];
  return { sourceNo, boot, max, missing: missing.flatMap((m) => (m === hole ? left : [m])) };
}

/** Forget what lies outside the last 1,024 numbers. */
function trimmed(missing: Window['missing'], max: number): Window['missing'] {
  const oldest = max - REMEMBERED + 1;
  return missing.filter(([, to]) => to >= oldest).map(([from, to]) => [Math.max(from, oldest), to] as const);
}

/** Windows from what was stored. Before they were a list they stood under the number of their sender. */
export function readWindows(stored: unknown): Windows {
  if (Array.isArray(stored)) return stored as Windows; // written by ourselves
  if (typeof stored !== 'object' || stored === null) return NO_WINDOWS;
  const bySender = Object.entries(stored as Record<string, readonly Omit<Window, 'sourceNo'>[]>);
  return bySender.flatMap(([sourceNo, windows]) => windows.map((w) => ({ ...w, sourceNo: Number(sourceNo) })));
}
