import { CLIENT_ROLES } from '../../../contract/identity-vocabulary.ts';

export { GRANTS } from '../../../contract/identity-vocabulary.ts';

const isRole = (grant: string): grant is keyof typeof CLIENT_ROLES => grant in CLIENT_ROLES;

/** Does it act for its organisation, beyond reading and sending? */
export const actsInRole = (grants: readonly string[]): boolean => grants.some(isRole);

/** The first role that no client of such an organisation may act in; `kinds` is null for a client of the whole city. */
export const roleOfOther = (grants: readonly string[], kinds: readonly string[] | null): string | undefined =>
  grants.filter(isRole).find((grant) => !kinds?.includes(CLIENT_ROLES[grant]));

/** What a token may carry: all the client's grants when none are named, otherwise those named that it has. */
export function grantsFor(client: readonly string[], asked: string | undefined): readonly string[] | null {
  const named = asked?.split(/\s+/).filter(Boolean) ?? [];
  if (named.length === 0) return client;
  return named.every((g) => client.includes(g)) ? named : null;
}
