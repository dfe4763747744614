/**
 * What outside codes are made of. A code that looks wrong is kept with a warning and never refused: real registers
 * hold codes that break their own rules, and the plate on the elevator is what it is.
 */

/** Something unusual about a code, as a key into words/ with what fills it. */
export type CodeWarning = { code: `registry.code_${string}`; params: Readonly<Record<string, string | number>> };

const warn = (code: CodeWarning['code'], params: CodeWarning['params'] = {}): CodeWarning => ({ code, params });

export type RegistrationCode = {
  catalogue: string; // class by the catalogue in force on the day of registration: read it only with `edition`
  divisionCode: string;
  month: string; // YYYY-MM
  serial: string;
  edition: 'old' | '2014' | 'unknown';
};

/** Classes that only one of the two catalogues knows. The others mean different things in each. */
const ONLY_2014 = new Set(['3420', '3430']);
const OLD = new Set(
  '3110 3120 3130 3140 3150 3160 3170 3210 3220 3230 3240 3250 3310 3320 3330 3340 3400 3500 3600'.split(' '),
);
const IN_2014 = new Set('3110 3120 3130 3210 3220 3310 3320 3410 3420 3430'.split(' '));
/** The catalogue of 2014 took effect on 2014-11-03: codes of that year's last months may follow either. */
const FIRST_2014_MONTH = '2014-11';

/**
 * Take a registration code (注册代码) apart: 4 catalogue, 6 division (GB/T 2260), 6 year and month, 4 serial. The class is
 * never read without the month, because both catalogues use the same digits for different things.
 */
export function readRegistrationCode(text: string): { parts: RegistrationCode | null; warnings: CodeWarning[] } {
  if (!/^\d{20}$/.test(text)) {
    return { parts: null, warnings: [warn('registry.code_registration_length', { length: [...text].length })] };
  }
  const catalogue = text.slice(0, 4);
  const month = `${text.slice(10, 14)}-${text.slice(14, 16)}`;
  const parts = {
    catalogue,
    divisionCode: text.slice(4, 10),
    month,
    serial: text.slice(16),
    edition: editionOf(catalogue, month),
  };
  const warnings: CodeWarning[] = [];
  if (!text.startsWith('3')) warnings.push(warn('registry.code_registration_not_elevator', { catalogue }));
  else if (!OLD.has(catalogue) && !IN_2014.has(catalogue)) {
    warnings.push(warn('registry.code_registration_catalogue', { catalogue }));
  }
  if (!/^(19[89]|20)\d\d-(0[1-9]|1[0-2])$/.test(month))
    warnings.push(warn('registry.code_registration_month', { month }));
  return { parts, warnings };
}

function editionOf(catalogue: string, month: string): RegistrationCode['edition'] {
  if (ONLY_2014.has(catalogue)) return '2014';
  if (OLD.has(catalogue) && !IN_2014.has(catalogue)) return 'old';
  if (month < FIRST_2014_MONTH) return OLD.has(catalogue) ? 'old' : 'unknown';
  if (month > '2014-12') return IN_2014.has(catalogue) ? '2014' : 'unknown';
  return 'unknown';
}

const USE_REGISTRATION =
  /^梯(1[1-3]|2[12]|3[12]|4[1-3])([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼])([A-Z])(\d{5}|[A-Z]\d{4})\((\d{2})\)$/;

/** The kinds that the two digits of a use-registration number name. */
export const USE_REGISTRATION_KINDS: Readonly<Record<string, string>> = {
  '11': 'traction_passenger',
  '12': 'traction_freight',
  '13': 'positive_drive_freight',
  '21': 'hydraulic_passenger',
  '22': 'hydraulic_freight',
  '31': 'escalator',
  '32': 'moving_walk',
  '41': 'explosion_proof',
  '42': 'firefighter',
  '43': 'dumbwaiter',
};

/** Read a use-registration number (使用登记证编号), such as 梯12湘U00019(19). Full-width brackets are the same. */
export function readUseRegistration(text: string): {
  parts: { kind: string; province: string; city: string; serial: string; year: string } | null;
  warnings: CodeWarning[];
} {
  const found = USE_REGISTRATION.exec(text.normalize('NFKC').replaceAll(/\s/g, ''));
  if (!found) return { parts: null, warnings: [warn('registry.code_use_registration_shape')] };
  const [, kind = '', province = '', city = '', serial = '', year = ''] = found;
  return { parts: { kind: USE_REGISTRATION_KINDS[kind] ?? '', province, city, serial, year }, warnings: [] };
}

/** A device code (设备代码) has 18 characters, in some texts 17: another length is worth a look. */
export function checkDeviceCode(text: string): CodeWarning[] {
  const length = [...text].length;
  if (length !== 17 && length !== 18) return [warn('registry.code_device_length', { length })];
  return /^3\d{3}/.test(text) ? [] : [warn('registry.code_device_catalogue', { catalogue: text.slice(0, 4) })];
}

/** A rescue code has six digits. No check digit is known. */
export const checkRescueCode = (text: string): CodeWarning[] =>
  /^\d{6}$/.test(text) ? [] : [warn('registry.code_rescue_shape')];
