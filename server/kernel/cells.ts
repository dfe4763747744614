import { accept, type Result, refuse } from './result.ts';

/** Why a cell of a table could not be read, as a key into words/ with what fills it. */
export type CellFault = {
  code: `${string}.cell_${string}`;
  params: Readonly<Record<string, string | number>>;
};

/** A value that a cell was read as. */
export type Read = string | number | boolean;

export const cellFault = (code: CellFault['code'], params: CellFault['params'] = {}): Result<never, CellFault> =>
  refuse({ code, params });

/** A text cell, trimmed, with what a spreadsheet hides in it taken out. */
export const cleanText = (cell: string): string => cell.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim();

/** A cell that says nothing, in the ways people write that. */
export const isEmpty = (cell: string): boolean =>
  /^(|-+|—+|\/|无|n\/?a|null|none|undefined|#n\/a)$/i.test(cleanText(cell));

/** What a formula leaves behind that could not be worked out: a reference that is gone, a division by nothing. */
export const isFormulaError = (cell: string): boolean =>
  /^#(REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$/i.test(cleanText(cell));

const MOST_TEXT = 200;
const MOST_CODE = 100;

export function readText(cell: string): Result<string, CellFault> {
  const text = cleanText(cell);
  return [...text].length <= MOST_TEXT ? accept(text) : cellFault('kernel.cell_long', { most: MOST_TEXT });
}

/** A code of any kind: what stands there, in half width. Only what a spreadsheet made of it is a fault. */
export function readCode(cell: string): Result<string, CellFault> {
  const text = cleanText(cell).normalize('NFKC');
  // A spreadsheet turned the code into a number and lost its digits: nobody can bring them back.
  if (/^\d(\.\d+)?e\+\d+$/i.test(text)) return cellFault('kernel.cell_digits_lost');
  if (text.length > MOST_CODE) return cellFault('kernel.cell_long', { most: MOST_CODE });
  return /[\p{L}\p{N}]/u.test(text) ? accept(text) : cellFault('kernel.cell_code');
}

export function readNumber(cell: string, { min, max }: { min: number; max: number }): Result<number, CellFault> {
  const text = cleanText(cell)
    .normalize('NFKC')
    .replaceAll(',', '')
    .replace(/(m\/s|mm\/s|kg|lbs?|ft\/min|fpm|层|站|门|人|米|公斤)$/i, '')
    .trim();
  if (!/^[+-]?\d+(\.\d+)?$/.test(text)) return cellFault('kernel.cell_number');
  const value = Number(text);
  return value < min || value > max ? cellFault('kernel.cell_range', { min, max }) : accept(value);
}

export function readInt(cell: string, range: { min: number; max: number }): Result<number, CellFault> {
  const read = readNumber(cell, range);
  if (!read.ok) return read;
  return Number.isInteger(read.value) ? read : cellFault('kernel.cell_integer');
}

/** Day numbers of spreadsheets between 1927 and 2100: the count of days since 1899-12-30. */
const SERIAL = /^([1-7]\d{4})(\.\d+)?$/;
const SERIAL_ZERO = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;

/** A day: 2017-06-01, 2017/6/1, 2017.6.1, 2017年6月1日, 20170601, with a time behind it, or a spreadsheet's day number. */
export function readDay(cell: string): Result<string, CellFault> {
  const text = cleanText(cell).normalize('NFKC');
  const serial = SERIAL.exec(text);
  if (serial) return realDay(new Date(SERIAL_ZERO + Number(serial[1]) * DAY_MS).toISOString().slice(0, 10));
  const found =
    /^(\d{4})[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})(?:日\s?\d{1,2}[:时].*|日?(?:[T\s].*)?)$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (!found) return cellFault('kernel.cell_day');
  return realDay(`${found[1]}-${found[2]?.padStart(2, '0')}-${found[3]?.padStart(2, '0')}`);
}

function realDay(day: string): Result<string, CellFault> {
  const at = new Date(`${day}T00:00:00Z`);
  const isReal = !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === day;
  return isReal && day >= '1900-01-01' && day <= '2100-12-31' ? accept(day) : cellFault('kernel.cell_day');
}

/** A day with a time of day, as the city's clocks show it: '2026-11-21T08:00'. A day alone begins at midnight. */
export function readMoment(cell: string): Result<string, CellFault> {
  const text = cleanText(cell).normalize('NFKC');
  const serial = SERIAL.exec(text);
  const minutes = serial ? Math.round(Number(`0${serial[2] ?? ''}`) * 1_440) : null;
  const day = readDay(text);
  if (!day.ok) return cellFault('kernel.cell_moment');
  if (minutes !== null) return momentOf(day.value, Math.floor(minutes / 60), minutes % 60);
  const time = /[T\s日](\d{1,2})[:时](\d{1,2})/.exec(text);
  return time ? momentOf(day.value, Number(time[1]), Number(time[2])) : momentOf(day.value, 0, 0);
}

function momentOf(day: string, hour: number, minute: number): Result<string, CellFault> {
  if (hour > 23 || minute > 59) return cellFault('kernel.cell_moment');
  const two = (n: number) => String(n).padStart(2, '0');
  return accept(`${day}T${two(hour)}:${two(minute)}`);
}

export function readFlag(cell: string): Result<boolean, CellFault> {
  const text = cleanText(cell).normalize('NFKC').toLowerCase();
  if (/^(是|有|y|yes|true|1|√)$/.test(text)) return accept(true);
  return /^(否|无|n|no|false|0|×)$/.test(text) ? accept(false) : cellFault('kernel.cell_flag');
}
