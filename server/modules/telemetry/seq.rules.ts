/**
 * Which message numbers of one sender and elevator were seen: everything up to `max` within the last 1,024,
 * but for the ranges in `missing` (first and last, ascending). A box that counts without holes costs two numbers.
 */
export type Window = { boot: number; max: number; missing: readonly (readonly [number, number])[] };

/** Windows of one elevator by sender number: the counting that runs, and the one before the last restart. */
export type Windows = Readonly<Record<number, readonly Window[]>>;

export const REMEMBERED = 1_024;
const BOOTS_KEPT = 2;

export type Seen = 'new' | 'repeated' | 'too_old';

/** Is this number new? With the windows as they stand once it is kept. */
export function admit(
  windows: Windows,
  { sourceNo, boot, seq }: { sourceNo: number; boot: number; seq: number },
): { seen: Seen; windows: Windows } {
  const known = windows[sourceNo] ?? [];
  const window = known.find((w) => w.boot === boot);
  if (!window) {
    const older = known.length === BOOTS_KEPT && known.every((w) => w.boot > boot);
    if (older) return { seen: 'too_old', windows };
    const kept = [...known, opened(boot, seq)].sort((a, b) => b.boot - a.boot).slice(0, BOOTS_KEPT);
    return { seen: 'new', windows: { ...windows, [sourceNo]: kept } };
  }
  const next = advance(window, seq);
  if (typeof next === 'string') return { seen: next, windows };
  return { seen: 'new', windows: { ...windows, [sourceNo]: known.map((w) => (w === window ? next : w)) } };
}

/** The first number ever heard: those before it may still be on their way. */
const opened = (boot: number, seq: number): Window => ({
  boot,
  max: seq,
  missing: trimmed(seq > 0 ? [[0, seq - 1]] : [], seq),
});

function advance(window: Window, seq: number): Window | 'repeated' | 'too_old' {
  const { boot, max, missing } = window;
  if (seq === max + 1) return { boot, max: seq, missing: missing.length > 0 ? trimmed(missing, seq) : missing };
  if (seq > max) return { boot, max: seq, missing: trimmed([...missing, [max + 1, seq - 1]], seq) };
  if (seq <= max - REMEMBERED) return 'too_old';
  const hole = missing.find(([from, to]) => from <= seq && seq <= to);
  if (!hole) return 'repeated';
  const [from, to] = hole;
  const left: readonly (readonly [number, number])[] = [
    ...(from < seq ? [[from, seq - 1] as const] : []),
    ...(seq < to ? [[seq + 1, to] as const] : []),
  ];
  return { boot, max, missing: missing.flatMap((m) => (m === hole ? left : [m])) };
}

/** Forget what lies outside the last 1,024 numbers. */
function trimmed(missing: Window['missing'], max: number): Window['missing'] {
  const oldest = max - REMEMBERED + 1;
  return missing.filter(([, to]) => to >= oldest).map(([from, to]) => [Math.max(from, oldest), to] as const);
}
