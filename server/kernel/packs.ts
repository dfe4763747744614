import { z } from 'zod';

/** Where a number comes from: a notice and its clause, or a reference. */
const source = z.union([
  z.strictObject({ notice: z.int().min(1).max(5), clause: z.string().min(1) }),
  z.strictObject({ ref: z.string().min(1) }),
]);
export type Source = z.infer<typeof source>;
export const sourceSchema = source;

/** The wrapper of every fact in a pack: value, unit, source, whether it was verified, and from when it holds. */
export const fact = <T extends z.ZodType>(value: T) =>
  z.strictObject({
    value,
    unit: z.string().optional(),
    source,
    verified: z.boolean(),
    from: z.iso.date().optional(),
    note: z.string().optional(),
  });

/** A fact that is a quantity. The unit must be written and must be this one: minutes never pass for seconds. */
export const measure = <U extends string, T extends z.ZodType>(unit: U, value: T) =>
  z.strictObject({
    value,
    unit: z.literal(unit),
    source,
    verified: z.boolean(),
    from: z.iso.date().optional(),
    note: z.string().optional(),
  });

export type Fact<T> = {
  value: T;
  unit?: string | undefined;
  source: Source;
  verified: boolean;
  from?: string | undefined;
  note?: string | undefined;
};

/** What a city's folder says of itself: `pack.json`. */
export const manifestSchema = z.strictObject({
  code: z.string().regex(/^\d{6}$/),
  name: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  /** The notices cited by number. `draft`: printed without number or date (代拟稿), so nothing in it is law yet. */
  notices: z.array(
    z.strictObject({
      id: z.int().min(1).max(5),
      city: z.string().regex(/^\d{6}$/),
      title: z.string().min(1),
      number: z.string().nullable(),
      on: z.iso.date().nullable(),
      standing: z.enum(['issued', 'draft']),
    }),
  ),
  standing: z.enum(['issued', 'draft']), // of the notice this city's figures rest on
  remarks: z.array(z.string()),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** A pack without its sources: every fact replaced by its value. What rules receive. */
export type Plain<T> =
  T extends Fact<infer V>
    ? Plain<V>
    : T extends readonly (infer I)[]
      ? number extends T['length']
        ? readonly Plain<I>[]
        : { [K in keyof T]: Plain<T[K]> }
      : T extends object
        ? { [K in keyof T]: Plain<T[K]> }
        : T;

/** The bare value of one fact. */
export const valueOf = <T>(given: Fact<T>): T => given.value;

/** A pack file, or any part of one, with every fact replaced by its value. */
export function plainOf<T>(part: T): Plain<T>;
export function plainOf(part: unknown): unknown {
  if (Array.isArray(part)) return part.map((item: unknown) => plainOf(item));
  if (!isRecord(part)) return part;
  if (isFact(part)) return plainOf(part.value);
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, plainOf(value)]));
}

/** One fact and where in its file it stands: what a screen lists beside a decision. */
export type FactLine = Fact<unknown> & { path: string };

/** Every fact of a pack file, in the order of the file. */
export function factsOf(part: unknown, path = '$'): readonly FactLine[] {
  if (Array.isArray(part)) return part.flatMap((item: unknown, i) => factsOf(item, `${path}[${i}]`));
  if (!isRecord(part)) return [];
  if (isFact(part)) return [{ ...part, path }];
  return Object.entries(part).flatMap(([key, value]) => factsOf(value, `${path}.${key}`));
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isFact = (value: Record<string, unknown>): value is Fact<unknown> & Record<string, unknown> =>
  Object.hasOwn(value, 'value') && Object.hasOwn(value, 'verified') && source.safeParse(value['source']).success;
