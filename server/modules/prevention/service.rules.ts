/** One service of a policy year: what is owed, what was given, what it cost. */
export type ServiceLine = { id: string; name: string; owed: number; given: number; left: number; cost: number };

type Promised = { id: string; name: string; perYear: number };
type Done = { service: string; given: number; cost: number };

/**
 * What a policy owes beside its cover against what was done, service by service. What was given beyond what is owed
 * leaves nothing open; a cost booked for a service the product does not name stands in its own line, owed zero.
 */
export function serviceLines(promised: readonly Promised[], done: readonly Done[]): readonly ServiceLine[] {
  const of = (id: string) => done.filter((d) => d.service === id);
  const lines = promised.map(({ id, name, perYear }) => lineOf({ id, name, owed: perYear }, of(id)));
  const extra = [...new Set(done.map((d) => d.service))].filter((id) => !promised.some((p) => p.id === id));
  return [...lines, ...extra.map((id) => lineOf({ id, name: id, owed: 0 }, of(id)))];
}

function lineOf(head: { id: string; name: string; owed: number }, done: readonly Done[]): ServiceLine {
  const given = done.reduce((n, d) => n + d.given, 0);
  const cost = done.reduce((n, d) => n + d.cost, 0);
  return { ...head, given, left: Math.max(0, head.owed - given), cost };
}

/** Cost as a share of the premium, in percent to one decimal, half up; null without a premium. */
export const costPercent = (cost: number, premium: number): number | null =>
  premium <= 0 ? null : Math.round((cost * 1_000) / premium) / 10;

/** Above the city's cap? Exactly at the cap is not above it. */
export const isAboveCap = (cost: number, premium: number, capPercent: number): boolean =>
  premium > 0 && cost * 100 > premium * capPercent;
