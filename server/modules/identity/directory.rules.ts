import { accept, type Result, refuse } from '../../kernel/result.ts';

export type DirectoryRefusal =
  | { code: 'identity.not_found' }
  | { code: 'identity.changed_meanwhile' }
  | { code: 'identity.org_closed' }
  | { code: 'identity.number_taken'; number: string }
  | { code: 'identity.dates_reversed'; from: string; to: string }
  | { code: 'identity.phone_bad' }
  | { code: 'identity.outside_scope' }
  | { code: 'identity.erased' };

/** As compared: half width, lower case, without spaces and brackets' widths. */
export const nameKey = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s/g, '');

/** A phone as dialled: digits, with + before a country and an extension after #. Empty: none given. */
export function phoneText(given: string): Result<string, DirectoryRefusal> {
  const text = given
    .normalize('NFKC')
    .replace(/[\s()\-–—]/g, '')
    .replace(/转|ext\.?/i, '#');
  if (text === '') return accept('');
  return /^\+?\d{3,20}(#\d{1,8})?$/.test(text) ? accept(text) : refuse({ code: 'identity.phone_bad' });
}

/** Days of a licence or certificate. `null`: not written on it. */
export type Term = { issuedOn: string | null; expiresOn: string | null };

export const judgeTerm = ({ issuedOn, expiresOn }: Term): Result<null, DirectoryRefusal> =>
  issuedOn && expiresOn && expiresOn < issuedOn
    ? refuse({ code: 'identity.dates_reversed', from: issuedOn, to: expiresOn })
    : accept(null);

export type Validity = 'valid' | 'expires_soon' | 'expired' | 'ended' | 'open_ended';

/** Days before its end at which a licence or certificate begins to be shown as ending soon. */
const SOON_DAYS = 60;

/**
 * Does a licence or certificate hold on a day? Its last day still counts. One without an end is shown as such, because
 * nobody knows whether it has one.
 */
export function validityOn(day: string, term: { expiresOn: string | null; endedOn: string | null }): Validity {
  if (term.endedOn && term.endedOn <= day) return 'ended';
  if (!term.expiresOn) return 'open_ended';
  if (term.expiresOn < day) return 'expired';
  const daysLeft = (Date.parse(term.expiresOn) - Date.parse(day)) / 86_400_000;
  return daysLeft <= SOON_DAYS ? 'expires_soon' : 'valid';
}

/** The areas an organisation is seen in: where it sits, and where it works or governs. */
export const areasOfOrg = (org: { seatAreas: readonly string[]; workAreas: readonly string[] }): string[] => [
  ...new Set([...org.seatAreas, ...org.workAreas]),
];

/** A flat as lists show it: its first sign stays. */
export const maskFlat = (unit: string): string => (unit === '' ? '' : `${[...unit][0]}***`);

/** A certificate's number as lists show it: personal data, since it is often an identity card's. */
export const maskNumber = (number: string): string =>
  number.length <= 6 ? '***' : `${number.slice(0, 3)}${'*'.repeat(Math.min(number.length - 5, 12))}${number.slice(-2)}`;
