import { hasWords, wordCodes } from '../../../words/index.ts';

/** The two-level list of causes: a class of one digit, a detail of three that begins with it. */
const codes = wordCodes().flatMap((code) => /^rescue\.cause\.(\d+)$/.exec(code)?.[1] ?? []);

export const CAUSE_CLASSES: readonly string[] = codes.filter((code) => code.length === 1);
export const causeDetailsOf = (classCode: string): readonly string[] =>
  codes.filter((code) => code.length === 3 && code.startsWith(classCode));

/** The words of a cause; the code itself where the list has grown past our words. */
export const causeWord = (code: string): string => (hasWords(`rescue.cause.${code}`) ? `rescue.cause.${code}` : code);
