import { z } from 'zod';
import { fact, measure, sourceSchema } from '../../kernel/packs.ts';

const code = z.string().regex(/^[a-z][a-z0-9_]*$/);
const text = { zh: z.string().min(1), en: z.string().min(1) };

/** One class by which a notice counts elevators, and every clause that names it. */
const counted = z.strictObject({ code, ...text, namedIn: z.array(sourceSchema) });

/** A kind of place as finely as the notices speak: 客运码头, 展览馆, 行人过街设施. */
const placeKind = counted.extend({
  class: code, // one of placeClasses
  crowded: z.boolean(), // 公众聚集场所, 人员密集场所
  industry: z.enum([
    'housing',
    'education',
    'health',
    'transport',
    'commerce',
    'culture_tourism',
    'city_management',
    'civil_affairs',
    'none',
  ]), // the department that answers for places of this kind (管行业必须管安全)
});

/** A line of the catalogue of special equipment (特种设备目录). The same four digits differ between editions. */
const catalogueLine = z.strictObject({
  code: z.string().regex(/^3\d{3}$/),
  zh: z.string().min(1),
  kind: z.enum(['lift', 'escalator', 'moving_walk', 'group']), // group: a heading, no elevator is registered under it
  variety: code.nullable(), // our name of it; null for a heading
});

const days = measure('d', z.int().min(1).max(3_660));
const years = measure('a', z.int().min(1).max(60));

/** Outside these an entry is worth a second look. It is kept, with the remark. */
const range = <U extends string>(unit: U) => {
  const limit = measure(unit, z.number());
  return z.strictObject({ min: limit, max: limit }).superRefine(({ min, max }, context) => {
    if (min.value <= max.value) return;
    const params = { reason: 'packs.range_reversed', low: min.value, high: max.value };
    context.addIssue({ code: 'custom', path: ['min', 'value'], params });
  });
};

/** `registry.json`: the classes by which a city counts, both catalogues, and the figures of a file's life. */
export const registryPack = z
  .strictObject({
    placeClasses: fact(z.array(z.strictObject({ code, ...text })).min(1)),
    placeKinds: fact(z.array(placeKind).min(1)),
    unitClasses: fact(z.array(counted).min(1)), // 党政机关, 事业单位, 财政保障单位
    fundings: fact(z.array(counted).min(1)), // 财政性资金
    housings: fact(z.array(counted).min(1)), // 保障性住房, 拆迁安置房
    marks: fact(z.array(counted).min(1)), // 单一产权, 消防电梯, 既有住宅加装: yes or no
    machineRoomPlaces: fact(z.array(counted).min(1)),
    catalogue2014: fact(z.array(catalogueLine).min(1)),
    catalogueOld: fact(z.array(catalogueLine).min(1)),
    catalogueChangedOn: fact(z.iso.date()), // registrations from this day follow the catalogue of 2014
    useRegistration: fact(z.strictObject({ province: z.string().length(1), letter: z.string().regex(/^[A-Z]$/) })),
    rescueCodeDigits: measure('digits', z.int().min(4).max(10)),
    ages: z.strictObject({
      retrofitYears: years, // in use this long: a first choice for fitting the smart system
      renewalYears: years, // in use this long: a candidate for assessment and renewal
    }),
    plausible: z.strictObject({
      liftSpeedMmPerS: range('mm/s'),
      liftLoadKg: range('kg'),
      liftStops: range('stops'),
      escalatorSpeedMmPerS: range('mm/s'),
      escalatorInclinationDeg: range('°'),
      walkInclinationDeg: range('°'),
      stepWidthMm: range('mm'),
    }),
    lifeCycle: z.strictObject({
      registerWithinDays: days, // after the start of use
      applyInspectionBeforeDays: days, // before the inspection runs out
      restartInspectionAfterDays: days, // stopped this long: inspected before it runs again
      settleUseUnitWithinDays: days, // an unknown use unit is found by then, or the street answers for the delay
      approveChangeWithinDays: days, // an edit by a use unit waits this long at most
      keepRecordsYears: years,
    }),
  })
  .superRefine((pack, context) => {
    const fault = (path: (string | number)[], params: Record<string, string>) =>
      context.addIssue({ code: 'custom', path, params });
    for (const list of LISTS) {
      const seen = new Set<string>();
      for (const [i, line] of pack[list].value.entries()) {
        const path = [list, 'value', i, 'code'];
        if (seen.has(line.code)) fault(path, { reason: 'packs.code_repeated', value: line.code });
        seen.add(line.code);
      }
    }
    const classes = new Set(pack.placeClasses.value.map((c) => c.code));
    for (const [i, kind] of pack.placeKinds.value.entries()) {
      if (classes.has(kind.class)) continue;
      fault(['placeKinds', 'value', i, 'class'], { reason: 'packs.code_unnamed', value: kind.class });
    }
  });
export type RegistryPack = z.infer<typeof registryPack>;

/** The lists in which a code stands once. */
const LISTS = [
  'placeClasses',
  'placeKinds',
  'unitClasses',
  'fundings',
  'housings',
  'marks',
  'machineRoomPlaces',
  'catalogue2014',
  'catalogueOld',
] as const;
