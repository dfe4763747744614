/** What a machine client may be allowed. Each stands at the routes it opens, and in docs/interfaces/access.md. */
export const GRANTS = [
  'telemetry:write', // push messages of the elevators it may speak for
  'telemetry:read', // live state and history
  'elevators:read',
  'elevators:write', // import of files
  'incidents:read',
  'incidents:write', // raise and report: another city's desk, 110, 119, 12345
  'stations:read',
  'statistics:read',
  'stream:read', // server-sent events
] as const;
export type Grant = (typeof GRANTS)[number];

export const isGrant = (text: string): text is Grant => (GRANTS as readonly string[]).includes(text);

/** What a token may carry: all the client's grants when none are named, otherwise those named that it has. */
export function grantsFor(client: readonly string[], asked: string | undefined): readonly string[] | null {
  const named = asked?.split(/\s+/).filter(Boolean) ?? [];
  if (named.length === 0) return client;
  return named.every((g) => client.includes(g)) ? named : null;
}

/** How long an old secret still works beside its successor, at most. */
export const MOST_OVERLAP_HOURS = 24 * 30;

/** Does a secret still work? */
export const secretHolds = (secret: { endsAt: Date | null }, now: Date): boolean =>
  secret.endsAt === null || now < secret.endsAt;
