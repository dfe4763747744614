/** What a machine client may be allowed. Each stands at the routes it opens, and in docs/interfaces/access.md. */
export const GRANTS = [
  'telemetry:write', // push messages of the elevators it may speak for
  'telemetry:read', // live state and history
  'elevators:read',
  'incidents:read',
  'incidents:write', // raise and report: another city's desk, 110, 119, 12345
  'stations:read',
  'statistics:read',
  'bank:write', // an insurer's bank: lines of its statements
  'stream:read', // server-sent events
] as const;
/** What a token may carry: all the client's grants when none are named, otherwise those named that it has. */
export function grantsFor(client: readonly string[], asked: string | undefined): readonly string[] | null {
  const named = asked?.split(/\s+/).filter(Boolean) ?? [];
  if (named.length === 0) return client;
  return named.every((g) => client.includes(g)) ? named : null;
}
