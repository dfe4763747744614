import { z } from 'zod';
import { fact, sourceSchema } from '../../kernel/packs.ts';

const code6 = z.string().regex(/^\d{6}$/);
const phone = fact(z.string().regex(/^\d{3,12}$/));
const day = z.iso.date();

/** `identity.json`: whom else to call, which divisions changed, which zones the notices name. */
export const identityPack = z.strictObject({
  /** Numbers beside the elevator hotline itself, which is the rescue module's. */
  hotlines: z.strictObject({ police: phone, fire: phone, city: phone }),
  /** Districts that ended, and those that took their place. Their codes stay in old registration codes for ever. */
  formerDistricts: fact(
    z.array(z.strictObject({ code: code6, name: z.string().min(1), to: day, successors: z.array(code6).min(1) })),
  ),
  /** Since when a district of the list exists, where that is later than the installation's oldest records. */
  newDistricts: fact(z.array(z.strictObject({ code: code6, from: day }))),
  /** Management committees with a duty of their own that are no division in law: 江北新区, 高新区. */
  zones: z.array(
    z.strictObject({
      name: z.string().min(1),
      code: code6.nullable(), // a statistical code, if it has one
      namedIn: sourceSchema,
    }),
  ),
  /** Seats of districts that have no outline, so that a map can place their count. WGS-84. */
  seats: fact(z.array(z.strictObject({ code: code6, point: z.tuple([z.number(), z.number()]) }))),
  /** How the days of a statutory clock are counted: a setting, because no clause of the notices settles it. */
  statutoryDays: fact(z.enum(['calendar_then_next_working_day', 'working_days'])),
});
export type IdentityPack = z.infer<typeof identityPack>;

const districtKind = z.enum(['district', 'county', 'county_city', 'zone']);
const street = z.tuple([z.string().regex(/^\d{9}$/), z.string().min(1)]);
const community = z.tuple([z.string().regex(/^\d{3}$/), z.string().min(1)]);

/** `divisions.json`, computed: districts, streets and communities in force. */
export const divisionsPack = z
  .strictObject({
    edition: fact(z.string().regex(/^\d{4}$/)),
    districts: fact(z.array(z.strictObject({ code: code6, name: z.string().min(1), kind: districtKind })).min(1)),
    streets: fact(z.array(street).min(1)),
    /** By street: the last three digits and the name of each community. */
    communities: fact(z.record(z.string().regex(/^\d{9}$/), z.array(community))),
  })
  .superRefine(({ districts, streets, communities }, context) => {
    const district = new Set(districts.value.map(({ code }) => code));
    const known = new Set(streets.value.map(([code]) => code));
    const fault = (path: (string | number)[], params: Record<string, string>) =>
      context.addIssue({ code: 'custom', path, params });
    repeats(districts.value.map(({ code }) => code)).forEach(([i, value]) =>
      fault(['districts', 'value', i, 'code'], { reason: 'packs.code_repeated', value }),
    );
    repeats(streets.value.map(([code]) => code)).forEach(([i, value]) =>
      fault(['streets', 'value', i, 0], { reason: 'packs.code_repeated', value }),
    );
    streets.value.forEach(([code], i) => {
      if (district.has(code.slice(0, 6))) return;
      fault(['streets', 'value', i, 0], {
        reason: 'packs.code_outside',
        value: code,
        parent: [...district].join(', '),
      });
    });
    for (const [code, list] of Object.entries(communities.value)) {
      const path = ['communities', 'value', code];
      if (!known.has(code)) fault(path, { reason: 'packs.code_unnamed', value: code });
      repeats(list.map(([last]) => last)).forEach(([i, value]) =>
        fault([...path, i, 0], { reason: 'packs.code_repeated', value: `${code}${value}` }),
      );
    }
  });
export type DivisionsPack = z.infer<typeof divisionsPack>;

const point = z.tuple([z.number().min(73).max(136), z.number().min(3).max(54)]); // lng, lat within China
const ring = z.array(point).superRefine((points, context) => {
  const [first, last] = [points[0], points.at(-1)];
  if (points.length >= 4 && first?.[0] === last?.[0] && first?.[1] === last?.[1]) return;
  context.addIssue({ code: 'custom', path: [], params: { reason: 'packs.ring_open' } });
});

/** `outlines.json`, computed. A district may have none; one with `to` is how it was drawn until that day. */
export const outlinesPack = z.strictObject({
  crs: fact(z.literal('WGS-84')),
  vintage: fact(z.string().min(4)),
  outlines: fact(
    z.array(
      z.strictObject({
        code: code6,
        to: day.optional(),
        centre: point,
        polygons: z.array(z.array(ring).min(1)).min(1),
      }),
    ),
  ),
});
export type OutlinesPack = z.infer<typeof outlinesPack>;

/** `calendar.json`, computed: what differs from the plain week, a fact per year. */
export const calendarPack = z.record(
  z.string().regex(/^\d{4}$/),
  fact(z.strictObject({ holidays: z.array(day), workdays: z.array(day) })),
);
export type CalendarPack = z.infer<typeof calendarPack>;

/** Places in a list where a value stands that stood before. */
const repeats = (values: readonly string[]): (readonly [number, string])[] => {
  const seen = new Set<string>();
  return values.flatMap((value, i) => {
    if (seen.has(value)) return [[i, value] as const];
    seen.add(value);
    return [];
  });
};
