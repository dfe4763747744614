import { z } from 'zod';

/** Where a number comes from: a notice and its clause, or a reference. */
const source = z.union([
  z.strictObject({ notice: z.int().min(1).max(5), clause: z.string().min(1) }),
  z.strictObject({ ref: z.string().min(1) }),
]);

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

export type Fact<T> = {
  value: T;
  unit?: string | undefined;
  source: z.infer<typeof source>;
  verified: boolean;
  from?: string | undefined;
  note?: string | undefined;
};
