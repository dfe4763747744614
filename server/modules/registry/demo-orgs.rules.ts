import { seeded } from './seeded.rules.ts';

export const DEMO_ORG_KINDS = [
  'property_company',
  'use_unit',
  'maintenance_unit',
  'maker',
  'inspection_body',
  'installer',
  'seller',
  'construction_unit',
] as const;
export type DemoOrgKind = (typeof DEMO_ORG_KINDS)[number];
/** The last sign of a credit code, from its first seventeen. */
type CheckSign = (first17: string) => string | null;

/** An invented organisation. Every name says that it is an example. */
export type DemoOrg = { key: string; kind: DemoOrgKind; name: string; uscc: string; districtCode: string };

const DIGITS = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 1 → 一, 12 → 十二, 120 → 一百二十. For numbers below 1,000. */
export function chineseNumber(n: number): string {
  const hundreds = Math.floor(n / 100);
  const tens = Math.floor((n % 100) / 10);
  const ones = n % 10;
  const digit = (d: number) => DIGITS[d] ?? '';
  const head = hundreds > 0 ? `${digit(hundreds)}百` : '';
  if (tens === 0) return head + (ones === 0 ? '' : (hundreds > 0 ? '零' : '') + digit(ones));
  const ten = tens === 1 && hundreds === 0 ? '十' : `${digit(tens)}十`;
  return head + ten + (ones === 0 ? '' : digit(ones));
}

const NAMES: Readonly<Record<DemoOrgKind, (n: string) => string>> = {
  property_company: (n) => `示例物业${n}号公司`,
  use_unit: (n) => `示例使用单位${n}号`,
  maintenance_unit: (n) => `示例电梯维保${n}号公司`,
  maker: (n) => `示例电梯制造${n}厂`,
  inspection_body: (n) => `示例特检${n}院`,
  installer: (n) => `示例电梯安装${n}号公司`,
  seller: (n) => `示例电梯销售${n}号公司`,
  construction_unit: (n) => `示例建设开发${n}号公司`,
};

/**
 * The organisations of a demo city with this many elevators: about one maintenance unit per hundred elevators and one
 * property company per sixty, as cities publish it, with makers and inspection bodies.
 */
export function demoOrgs(elevators: number, districtCodes: readonly string[], checkSign: CheckSign): DemoOrg[] {
  const counts: Readonly<Record<DemoOrgKind, number>> = {
    property_company: Math.max(4, Math.min(900, Math.round(elevators / 60))),
    use_unit: Math.max(4, Math.min(900, Math.round(elevators / 100))),
    maintenance_unit: Math.max(4, Math.min(400, Math.round(elevators / 100))),
    maker: 12,
    inspection_body: 2,
    installer: 6,
    seller: 3,
    construction_unit: 4,
  };
  const random = seeded(96_333);
  return DEMO_ORG_KINDS.flatMap((kind) =>
    Array.from({ length: counts[kind] }, (_, i) => {
      const districtCode = districtCodes[i % districtCodes.length] ?? '000000';
      const first17 = `91${districtCode}MA0${String(random.between(0, 999_999)).padStart(6, '0')}`;
      const uscc = first17 + (checkSign(first17) ?? '0');
      return { key: `${kind}-${i + 1}`, kind, name: NAMES[kind](chineseNumber(i + 1)), uscc, districtCode };
    }),
  );
}
