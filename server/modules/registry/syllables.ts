import { pinyin } from 'pinyin-pro';

const known = new Map<string, string>();

/** The commonest reading of one character without tone: the same wherever it stands, so that query and text agree. */
export function syllable(char: string): string {
  const found = known.get(char);
  if (found !== undefined) return found;
  const read = /\p{Script=Han}/u.test(char) ? pinyin(char, { toneType: 'none', v: true }) : char;
  known.set(char, read);
  return read;
}
