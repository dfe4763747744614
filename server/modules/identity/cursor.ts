/** A place in a sorted list, as text that clients hand back unread. */
export const cursorText = (parts: readonly string[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');

/** The parts of a cursor; null when the text is none of ours. */
export function cursorParts(text: string | undefined, count: number): readonly string[] | null {
  if (!text) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    const good = Array.isArray(parts) && parts.length === count && parts.every((p) => typeof p === 'string');
    return good ? parts : null;
  } catch {
    return null; // a cursor somebody made up: the list begins at its beginning
  }
}
