/** The reading of one character without tone, or the character itself. Given in, so that these rules need no library. */
export type Syllable = (char: string) => string;

const CHINESE_DIGITS = '零一二三四五六七八九';
const NUMBER_RUN = /[零〇一二两三四五六七八九十百]+/gu;

/** 十二 → 12, 二〇二六 → 2026, 一百零八 → 108; a run without a digit or ten (百合) stays as it is. */
function arabic(run: string): string {
  const text = run.replaceAll('〇', '零').replaceAll('两', '二');
  if (!/[一二三四五六七八九十]/u.test(text)) return run;
  if (!/[十百]/u.test(text)) return [...text].map((c) => CHINESE_DIGITS.indexOf(c)).join('');
  let total = 0;
  let digit = 0;
  for (const c of text) {
    if (c === '十' || c === '百') {
      total += (digit || 1) * (c === '十' ? 10 : 100);
      digit = 0;
    } else digit = CHINESE_DIGITS.indexOf(c);
  }
  return String(total + digit);
}

/**
 * The form in which texts are compared: half width, lower case, Chinese numbers as digits, 号楼 / 栋 / 座 / 幢 as one
 * word for a building, no spaces, no punctuation.
 */
export const normalised = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(NUMBER_RUN, arabic)
    .replaceAll(/号楼|[栋座棟]|#楼?|(?<=\d)号?楼/gu, '幢')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

// Readings that people in the south of the country type one for the other.
const fold = (syllable: string): string =>
  syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/(?<=[aei])ng$/, 'n')
    .replaceAll('ü', 'v');

const DIGIT_READINGS = ['ling', 'yi', 'er', 'san', 'si', 'wu', 'liu', 'qi', 'ba', 'jiu'];

/** How each character of a normalised text sounds; a homophone sounds the same. */
export const soundsOf = (text: string, syllable: Syllable): string[] =>
  [...text].map((c) => (/\d/.test(c) ? (DIGIT_READINGS[Number(c)] ?? c) : fold(syllable(c))));

export type Gram = { gram: string; weight: number };

/**
 * What a normalised text is found by: pairs of characters and of sounds, side by side or with one between them, so that
 * a text of four with one wrong character still shares a pair wherever the error stands.
 */
export function gramsOf(text: string, syllable: Syllable): Gram[] {
  const chars = [...text];
  const sounds = soundsOf(text, syllable);
  const grams = new Map<string, number>();
  const add = (gram: string, weight: number) => grams.set(gram, Math.max(weight, grams.get(gram) ?? 0));
  for (let i = 0; i + 1 < chars.length; i += 1) {
    add(`${chars[i]}${chars[i + 1]}`, 4);
    add(`~${sounds[i]} ${sounds[i + 1]}`, 3);
    if (i + 2 < chars.length) {
      add(`${chars[i]}_${chars[i + 2]}`, 2);
      add(`~${sounds[i]}_${sounds[i + 2]}`, 1);
    }
  }
  return [...grams].map(([gram, weight]) => ({ gram, weight }));
}

const SAME_SOUND = 0.15;
const MISSING = 0.9;
const WRONG = 1;

/** What people leave out when they type: more of it between two found pieces costs little. */
const EXTRA = 0.08;

/**
 * How well a query stands in a body, 0 to 1: the cheapest way to read the query somewhere in the body, where a homophone
 * costs little, a wrong character 1, and text of the body between found pieces next to nothing.
 */
export function likeness(query: string, body: string, syllable: Syllable): number {
  const q = [...query];
  const b = [...body];
  if (q.length === 0) return 0;
  const qSound = soundsOf(query, syllable);
  const bSound = soundsOf(body, syllable);
  let above = Array.from({ length: b.length + 1 }, () => 0);
  for (let i = 1; i <= q.length; i += 1) {
    const row = [i * MISSING];
    for (let j = 1; j <= b.length; j += 1) {
      const same = q[i - 1] === b[j - 1] ? 0 : qSound[i - 1] === bSound[j - 1] ? SAME_SOUND : WRONG;
      row[j] = Math.min(
        (above[j - 1] ?? 0) + same,
        (above[j] ?? 0) + MISSING,
        (row[j - 1] ?? 0) + (i === q.length ? 0 : EXTRA),
      );
    }
    // After its last character the query may end anywhere in the body.
    above = row;
  }
  const cost = Math.min(...above.map((value, j) => (j === 0 ? q.length : value)));
  return Math.max(0, 1 - cost / q.length);
}

/** What is asked for inside a place: 3 幢, 2 单元. Null: not said. */
export type Inside = { building: string | null; unit: string | null; rest: string };

/** Take building and unit out of a normalised query; what is left names the place. */
export function insideOf(query: string): Inside {
  const building = /([a-z]?\d{1,3}|[a-z])幢/u.exec(query);
  const unit = /(\d{1,2})单元/u.exec(query);
  let rest = query;
  if (building) rest = rest.replace(building[0], '');
  if (unit) rest = rest.replace(unit[0], '');
  return { building: building?.[1] ?? null, unit: unit?.[1] ?? null, rest };
}

/** Could this be a code: digits and capital letters, or a use-registration number? */
export const looksLikeCode = (key: string): boolean => /^[A-Z0-9]*\d[A-Z0-9]*$/.test(key) || /^梯\d\d/.test(key);
