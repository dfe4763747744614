import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Units } from './import-fields.rules.ts';
import type { Kind, State, Variety } from './vocabulary.rules.ts';

/** Why a cell could not be read, as a key into words/ with what fills it. */
export type CellFault = { code: `registry.cell_${string}`; params: Readonly<Record<string, string | number>> };

const fault = (code: CellFault['code'], params: CellFault['params'] = {}): Result<never, CellFault> =>
  refuse({ code, params });

/** A text cell, trimmed, with what a spreadsheet hides in it taken out. */
export const cleanText = (cell: string): string => cell.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim();

/** A cell that says nothing, in the ways people write that. */
export const isEmpty = (cell: string): boolean =>
  /^(|-+|—+|\/|无|n\/?a|null|none|undefined|#n\/a)$/i.test(cleanText(cell));

export function readNumber(cell: string, { min, max }: { min: number; max: number }): Result<number, CellFault> {
  const text = cleanText(cell)
    .normalize('NFKC')
    .replaceAll(',', '')
    .replace(/(m\/s|mm\/s|kg|lbs?|ft\/min|fpm|层|站|门|人|米|公斤)$/i, '')
    .trim();
  if (!/^[+-]?\d+(\.\d+)?$/.test(text)) return fault('registry.cell_number');
  const value = Number(text);
  return value < min || value > max ? fault('registry.cell_range', { min, max }) : accept(value);
}

export function readInt(cell: string, range: { min: number; max: number }): Result<number, CellFault> {
  const read = readNumber(cell, range);
  if (!read.ok) return read;
  return Number.isInteger(read.value) ? read : fault('registry.cell_integer');
}

const MM_PER_S: Readonly<Record<Units['speed'], number>> = { 'm/s': 1_000, 'mm/s': 1, 'ft/min': 5.08 };
const KG_PER_LB = 0.453_592_37;
/** The fastest lift runs at 21 m/s; what is faster is a slip of the pen. */
const FASTEST_MM_PER_S = 20_000;
const HEAVIEST_KG = 60_000;

/** A rated speed in whole mm/s. */
export function readSpeed(cell: string, unit: Units['speed']): Result<number, CellFault> {
  const read = readNumber(cell, { min: 0, max: FASTEST_MM_PER_S / MM_PER_S[unit] });
  return read.ok ? accept(Math.round(read.value * MM_PER_S[unit])) : read;
}

/** A rated load in whole kilograms. */
export function readLoad(cell: string, unit: Units['load']): Result<number, CellFault> {
  const perKg = unit === 'lb' ? KG_PER_LB : 1;
  const read = readNumber(cell, { min: 0, max: Math.floor(HEAVIEST_KG / perKg) });
  return read.ok ? accept(Math.round(read.value * perKg)) : read;
}

/** A day: 2017-06-01, 2017/6/1, 2017.6.1, 2017年6月1日, 20170601, or with a time behind it. */
export function readDay(cell: string): Result<string, CellFault> {
  const text = cleanText(cell).normalize('NFKC');
  const found =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s].*)?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (!found) return fault('registry.cell_day');
  const day = `${found[1]}-${found[2]?.padStart(2, '0')}-${found[3]?.padStart(2, '0')}`;
  const at = new Date(`${day}T00:00:00Z`);
  const real = !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === day;
  return real && day >= '1900-01-01' && day <= '2100-12-31' ? accept(day) : fault('registry.cell_day');
}

const KIND_WORDS: readonly (readonly [RegExp, Variety])[] = [
  [/扶梯|escalator/, 'escalator'],
  [/人行道|moving walk|travelator/, 'moving_walk'],
  [/防爆|explosion/, 'explosion_proof'],
  [/消防|firefighter/, 'firefighter'],
  [/杂物|dumbwaiter/, 'dumbwaiter'],
  [/液压.*货|hydraulic.*(freight|goods)/, 'hydraulic_freight'],
  [/液压|hydraulic/, 'hydraulic_passenger'],
  [/强制.*货/, 'positive_drive_freight'],
  [/货|freight|goods|sidewalk/, 'traction_freight'],
  [/客|乘|病床|观光|住宅|直梯|passenger|public elevator|private elevator|handicap|manlift/, 'traction_passenger'],
  [/^(电梯|垂直电梯|曳引|lift|elevator)/, 'traction_passenger'],
];

/** A variety as registers write it. */
export function readVariety(cell: string): Result<Variety, CellFault> {
  const text = cleanText(cell).toLowerCase();
  const found = KIND_WORDS.find(([words]) => words.test(text));
  return found ? accept(found[1]) : fault('registry.cell_kind');
}

export const kindOf = (variety: string): Kind =>
  variety === 'escalator' || variety === 'moving_walk' ? variety : 'lift';

const STATE_WORDS: readonly (readonly [RegExp, State])[] = [
  [/^(报废|注销|已报废|拆除|d|dismantled|scrapped)$/, 'scrapped'],
  [/^(封停|查封|sealed)$/, 'sealed'],
  [/^(停用|停梯|暂停|stopped|out of service)$/, 'stopped'],
  [/^(在建|安装中|未安装完|监督检验|监检中|w|work in progress)$/, 'supervised_inspection'],
  [/^(已登记|登记|registered|未投用)$/, 'registered'],
  // H: run by the housing authority; J: outside the department's own jurisdiction. Both carry people.
  [/^(在用|使用|正常|在用电梯|a|h|j|active|in use)$/, 'in_use'],
];

/** A state as registers write it. */
export function readState(cell: string): Result<State, CellFault> {
  const text = cleanText(cell).toLowerCase();
  const found = STATE_WORDS.find(([words]) => words.test(text));
  return found ? accept(found[1]) : fault('registry.cell_state');
}

const PLACE_WORDS: readonly (readonly [RegExp, string])[] = [
  [/住宅|小区|公寓|residen/, 'residence'],
  [/办公|写字|office/, 'office'],
  [/商场|超市|商业|mall|shop/, 'mall'],
  [/宾馆|饭店|酒店|hotel/, 'hotel'],
  [/交通|车站|地铁|机场|码头|transport|station/, 'transport'],
  [/医院|医疗|hospital/, 'hospital'],
  [/学校|教学|school/, 'school'],
  [/文化|体育|娱乐|场馆|展览|culture/, 'culture'],
  [/其他|其它|other/, 'other'],
];

/** A place class as registers write it, or its own code. */
export function readPlace(cell: string): Result<string, CellFault> {
  const text = cleanText(cell).toLowerCase();
  const found = PLACE_WORDS.find(([words, code]) => code === text || words.test(text));
  return found ? accept(found[1]) : fault('registry.cell_place');
}

export function readFlag(cell: string): Result<boolean, CellFault> {
  const text = cleanText(cell).toLowerCase();
  if (/^(是|有|y|yes|true|1)$/.test(text)) return accept(true);
  return /^(否|无|n|no|false|0)$/.test(text) ? accept(false) : fault('registry.cell_flag');
}
