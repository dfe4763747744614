import type { IdentifierType } from './vocabulary.rules.ts';

/** A code as someone gave it: its type, its text, and for maker's numbers the maker's credit code. */
export type GivenIdentifier = { type: IdentifierType; value: string; issuer?: string };

/** The form in which codes are compared: half width, upper case, brackets alike, no spaces or hyphens. */
export const identifierKey = (value: string): string =>
  value
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\-‐-―·]/gu, '')
    .replaceAll('[', '(')
    .replaceAll(']', ')')
    .replaceAll('【', '(')
    .replaceAll('】', ')');
