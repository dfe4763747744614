/** A line of a roster as it is given, and what is known of the person. */
export type RosterLine = { personId: string; fromAt: Date; toAt: Date };
export type Standing = { fromAt: Date; toAt: Date };
export type RosterFault = { line: number; code: 'rescue.no_rescuer' | 'rescue.ends_before' | 'rescue.on_duty_already' };

/**
 * Which lines of a roster can be taken, and what is wrong with each of the others; lines are counted from 1. A rescuer is
 * not on duty twice at a time, by what stands already or by an earlier line of the same roster.
 */
export function judgeRoster<Known extends { standing: readonly Standing[] }>(
  lines: readonly RosterLine[],
  known: ReadonlyMap<string, Known>,
): { good: readonly { line: RosterLine; rescuer: Known }[]; faults: readonly RosterFault[] } {
  const good: { line: RosterLine; rescuer: Known }[] = [];
  const faults: RosterFault[] = [];
  for (const [i, line] of lines.entries()) {
    const rescuer = known.get(line.personId);
    const fault = (code: RosterFault['code']) => faults.push({ line: i + 1, code });
    if (!rescuer) fault('rescue.no_rescuer');
    else if (line.toAt <= line.fromAt) fault('rescue.ends_before');
    else if (isTaken(line, [...rescuer.standing, ...own(good, line)])) fault('rescue.on_duty_already');
    else good.push({ line, rescuer });
  }
  return { good, faults };
}

const own = (good: readonly { line: RosterLine }[], { personId }: RosterLine): readonly Standing[] =>
  good.flatMap(({ line }) => (line.personId === personId ? [line] : []));

const isTaken = (line: RosterLine, standing: readonly Standing[]): boolean =>
  standing.some(({ fromAt, toAt }) => line.fromAt < toAt && fromAt < line.toAt);
