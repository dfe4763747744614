import type { z } from 'zod';
import { hasWords } from '../../words/index.ts';

/** One thing wrong in one file: where, and the code of the words that say why and how to mend it. */
export type PackFault = {
  code: string;
  file: string; // '320200-wuxi/rescue.json'
  path: string; // '$.levels[0].answer.value'
  params: Readonly<Record<string, string>>;
};

type Issue = z.core.$ZodIssue;

/** What was checked, and which file holds a top-level key of it. */
type Checked = { content: unknown; fileOf: (key: PropertyKey | undefined) => string };

/** Every issue of a schema as a fault people can act on. Unknown keys become one fault each. */
export function faultsOf(issues: readonly Issue[], { content, fileOf }: Checked): readonly PackFault[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => {
        const path = [...issue.path, key];
        return { code: 'packs.key_unknown', file: fileOf(path[0]), path: pathText(path), params: { key } };
      });
    }
    const { code, params } = reasonOf(issue, at(content, issue.path));
    return [{ code, file: fileOf(issue.path[0]), path: pathText(issue.path), params }];
  });
}

type Reason = { code: string; params: Readonly<Record<string, string>> };

function reasonOf(issue: Issue, actual: unknown): Reason {
  const shown = { actual: shownAs(actual) };
  if (actual === undefined) return { code: 'packs.value_missing', params: {} };
  switch (issue.code) {
    case 'invalid_type':
      return { code: 'packs.value_type', params: { ...shown, expected: issue.expected } };
    case 'too_small':
      return { code: 'packs.value_small', params: { ...shown, limit: String(issue.minimum) } };
    case 'too_big':
      return { code: 'packs.value_large', params: { ...shown, limit: String(issue.maximum) } };
    case 'invalid_value':
      return { code: 'packs.value_choice', params: { ...shown, choices: issue.values.map(String).join(', ') } };
    case 'invalid_format':
      return { code: 'packs.value_format', params: { ...shown, format: formOf(issue) } };
    case 'invalid_union':
      return issue.path.at(-1) === 'source'
        ? { code: 'packs.source_wrong', params: shown }
        : { code: 'packs.value_form', params: shown };
    case 'custom':
      return customReason(issue, shown);
    case 'unrecognized_keys':
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
      return { code: 'packs.value_other', params: { ...shown, reason: issue.message } };
  }
}

/** A form as people write it; a pattern only where there is no name for it. */
const formOf = ({ format, pattern }: Issue & { code: 'invalid_format' }): string =>
  format === 'date' ? 'YYYY-MM-DD' : (pattern ?? format);

/** A module's own check names its words in `params.reason`; the other params fill them. */
function customReason(issue: Issue & { code: 'custom' }, shown: { actual: string }): Reason {
  const given = Object.entries(issue.params ?? {}).map(([key, value]) => [key, String(value)] as const);
  const { reason, ...params } = Object.fromEntries(given);
  return reason !== undefined && hasWords(reason)
    ? { code: reason, params: { ...shown, ...params } }
    : { code: 'packs.value_other', params: { ...shown, reason: issue.message } };
}

/** `$.levels[0].answer`; a key that is not a plain word stands in quotes. */
export const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return /^[\w-]+$/.test(String(step)) ? `${text}.${String(step)}` : `${text}[${JSON.stringify(String(step))}]`;
  }, '$');

function at(content: unknown, path: readonly PropertyKey[]): unknown {
  let here = content;
  for (const step of path) {
    if (!isKeyed(here) || !Object.hasOwn(here, step)) return undefined;
    here = here[step];
  }
  return here;
}

const isKeyed = (value: unknown): value is Record<PropertyKey, unknown> => typeof value === 'object' && value !== null;

/** The value found, short enough for one line. */
function shownAs(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
