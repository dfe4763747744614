export { GRANTS } from '../../../contract/identity-vocabulary.ts';

/** What a token may carry: all the client's grants when none are named, otherwise those named that it has. */
export function grantsFor(client: readonly string[], asked: string | undefined): readonly string[] | null {
  const named = asked?.split(/\s+/).filter(Boolean) ?? [];
  if (named.length === 0) return client;
  return named.every((g) => client.includes(g)) ? named : null;
}
