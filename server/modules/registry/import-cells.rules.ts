import { type CellFault, cellFault, cleanText, readInt, readNumber } from '../../kernel/cells.ts';
import type { Units } from '../../kernel/import-kind.ts';
import { accept, type Result } from '../../kernel/result.ts';
import type { Kind, State, Variety } from './vocabulary.rules.ts';

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
  return found ? accept(found[1]) : cellFault('registry.cell_kind');
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
  return found ? accept(found[1]) : cellFault('registry.cell_state');
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
  return found ? accept(found[1]) : cellFault('registry.cell_place');
}

/** A storey: a number, B2 or 负2 for the second below, the first of several; letters without a number are not known. */
export function readFloor(cell: string): Result<number, CellFault> {
  const text = cleanText(cell).normalize('NFKC').toUpperCase();
  const below = /^(?:B|负|地下)-?(\d{1,2})/.exec(text);
  if (below) return accept(-Number(below[1]));
  return /^-?\d/.test(text) && !/^-?\d+[.,]\d/.test(text)
    ? readInt(text.replace(/[FL层楼]+$/u, ''), { min: -20, max: 250 })
    : cellFault('registry.cell_floor');
}
