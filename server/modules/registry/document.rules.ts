import { accept, type Result, refuse } from '../../kernel/result.ts';
import { addDays, type Day } from '../../kernel/time.ts';

export type DocumentRefusal =
  | { code: 'registry.not_found' }
  | { code: 'registry.merged' }
  | { code: 'registry.document_file' }
  | { code: 'registry.document_type'; name: string }
  | { code: 'registry.dates_reversed' }
  | { code: 'registry.document_withdrawn' }
  | { code: 'registry.document_foreign' };

/** Papers and pictures of papers; what an office can open and print ten years from now. */
export const DOCUMENT_TYPES: readonly string[] = [
  'application/pdf',
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/heic',
];

/** Days before its end at which a paper begins to be shown as ending soon. */
const SOON_DAYS = 60;

type Term = { issuedOn: string | null; expiresOn: string | null };

/** May a paper with these days, of this kind of file, go on a file? */
export function judgeDocument(
  { issuedOn, expiresOn }: Term,
  file: { mediaType: string; name: string },
): Result<null, DocumentRefusal> {
  if (!DOCUMENT_TYPES.includes(file.mediaType)) return refuse({ code: 'registry.document_type', name: file.name });
  if (issuedOn && expiresOn && expiresOn < issuedOn) return refuse({ code: 'registry.dates_reversed' });
  return accept(null);
}

export type DocumentValidity = 'valid' | 'expires_soon' | 'expired' | 'open_ended' | 'withdrawn';

/** Does a paper hold on a day? Its last day still counts. */
export function documentValidity(
  today: Day,
  { expiresOn, withdrawn }: { expiresOn: string | null; withdrawn: boolean },
): DocumentValidity {
  if (withdrawn) return 'withdrawn';
  if (expiresOn === null) return 'open_ended';
  if (expiresOn < today) return 'expired';
  return expiresOn <= addDays(today, SOON_DAYS) ? 'expires_soon' : 'valid';
}

/** Who may withdraw a paper: those who keep the register, and the organisation that put it there. */
export const mayWithdraw = (
  viewer: { registrar: boolean; accountId: string; orgId: string | null },
  document: { addedBy: string; orgId: string | null },
): boolean =>
  viewer.registrar ||
  viewer.accountId === document.addedBy ||
  (viewer.orgId !== null && viewer.orgId === document.orgId);
