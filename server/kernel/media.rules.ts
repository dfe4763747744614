/** What a file is, judged by its first bytes. The name and what the sender claims count for nothing. */
export type MediaType =
  | 'image/jpeg'
  | 'image/png'
  | 'image/webp'
  | 'image/heic'
  | 'application/pdf'
  | 'application/zip'
  | 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  | 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  | 'audio/mpeg'
  | 'audio/wav'
  | 'audio/amr'
  | 'audio/ogg'
  | 'audio/mp4'
  | 'video/mp4'
  | 'video/webm'
  | 'text/plain';

/** How many first bytes decide. */
export const SNIFF_BYTES = 4_096;

const latin1 = (head: Uint8Array, from: number, to: number): string => String.fromCharCode(...head.subarray(from, to));

/** The kind of a file by its first bytes; null for every kind we do not keep (programs, web pages, drawings with script). */
export function mediaTypeOf(head: Uint8Array): MediaType | null {
  const at = (from: number, sign: string) => latin1(head, from, from + sign.length) === sign;
  if (at(0, '\xff\xd8\xff')) return 'image/jpeg';
  if (at(0, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (at(0, 'RIFF') && at(8, 'WEBP')) return 'image/webp';
  if (at(0, 'RIFF') && at(8, 'WAVE')) return 'audio/wav';
  if (at(4, 'ftyp')) return boxed(latin1(head, 8, 12));
  if (at(0, '%PDF-')) return 'application/pdf';
  if (at(0, 'PK\x03\x04')) return packed(latin1(head, 0, head.length));
  if (at(0, 'ID3') || (head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2)) return 'audio/mpeg';
  if (at(0, '#!AMR')) return 'audio/amr';
  if (at(0, 'OggS')) return 'audio/ogg';
  if (at(0, '\x1aE\xdf\xa3')) return 'video/webm';
  return isPlainText(head) ? 'text/plain' : null;
}

const boxed = (brand: string): MediaType =>
  /^(heic|heix|mif1|msf1|hevc)$/.test(brand) ? 'image/heic' : /^M4[AB] $/.test(brand) ? 'audio/mp4' : 'video/mp4';

function packed(head: string): MediaType {
  if (!head.includes('[Content_Types].xml') && !head.includes('_rels/')) return 'application/zip';
  if (head.includes('word/')) return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  return 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
}

/** Text without control signs that does not begin like a page, a drawing or a script. */
function isPlainText(head: Uint8Array): boolean {
  if (head.length === 0) return false;
  if (head.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27) || byte === 127)) return false;
  const start = latin1(head, 0, 256)
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .toLowerCase();
  return !/^(<|#!|mz)/.test(start);
}

/** A file's name as people gave it, made safe to store and to send back: no folders, no control signs, not too long. */
export function fileName(given: string): string {
  const base = given.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const clean = [...base]
    .filter((sign) => !/\p{Cc}|\p{Cf}|\p{Cs}/u.test(sign) && !'<>:"|?*'.includes(sign))
    .join('')
    .replace(/^\.+/, '')
    .trim();
  return [...clean].slice(-120).join('') || 'file';
}
