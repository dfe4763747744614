import type { Say } from './say.ts';

/** The city's clock. Every screen shows it, wherever the reader sits. */
const ZONE = 'Asia/Shanghai';
const DAY_MS = 86_400_000;

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** `2026-11-20 21:35:08`, city time. */
export function fullTime(at: Date | string | number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '';
  const part = Object.fromEntries(parts.formatToParts(date).map(({ type, value }) => [type, value]));
  return `${part['year']}-${part['month']}-${part['day']} ${part['hour']}:${part['minute']}:${part['second']}`;
}

/** `11-20 21:35:08`: the short form; the full one stands behind it. */
export const shortTime = (at: Date | string | number): string => fullTime(at).slice(5);

/** `21:35:08`. */
export const clockTime = (at: Date | string | number): string => fullTime(at).slice(11);

/** `2026-11-20`, the day in the city. */
export const cityDay = (at: Date | string | number): string => fullTime(at).slice(0, 10);

/** `12 分 47 秒`; hours and days when it is longer. Negative counts as zero. */
export function durationWords(seconds: number, say: Say): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return say('web.time.seconds', { s: whole });
  if (whole < 3_600) return say('web.time.minutes_seconds', { m: Math.floor(whole / 60), s: whole % 60 });
  if (whole < 86_400) {
    return say('web.time.hours_minutes', { h: Math.floor(whole / 3_600), m: Math.floor((whole % 3_600) / 60) });
  }
  return say('web.time.days_hours', { d: Math.floor(whole / 86_400), h: Math.floor((whole % 86_400) / 3_600) });
}

/** `04:12`: a running clock; `1:04:12` from an hour on. */
export function clockOf(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number) => String(n).padStart(2, '0');
  const minutes = `${two(Math.floor((whole % 3_600) / 60))}:${two(whole % 60)}`;
  return whole < 3_600 ? minutes : `${Math.floor(whole / 3_600)}:${minutes}`;
}

/** Whole calendar days from `from` to the day `on` (YYYY-MM-DD). Negative: it is past. */
export const daysUntil = (on: string, from: Date): number =>
  Math.round((Date.parse(`${on}T00:00:00Z`) - Date.parse(`${cityDay(from)}T00:00:00Z`)) / DAY_MS);

/** The present moment. Components ask here, so that a test may set the clock. */
export const today = (): Date => new Date();

const HALF = 'NFKC'; // full-width digits are digits

/**
 * What a person typed as a calendar day, as `2026-11-20`: also 2026/11/2, 20261120 and 2026年11月2日. `strict` takes only
 * what is surely whole, for reading while one types. Null: no such day.
 */
export function dayTyped(text: string, strict = false): string | null {
  const said = text.normalize(HALF).trim();
  const shape = strict ? /^(\d{4})-(\d{2})-(\d{2})$/ : /^(\d{4})[-/.\u5e74]?(\d{1,2})[-/.\u6708]?(\d{1,2})\u65e5?$/;
  const [, year = '', month = '', day = ''] = shape.exec(said) ?? [];
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = Date.parse(`${iso}T00:00:00Z`);
  return year !== '' && !Number.isNaN(at) && new Date(at).toISOString().startsWith(iso) ? iso : null;
}

/** What a person typed as a moment on the city's clock, as `2026-11-20T21:35:08`; seconds may be left out. Null: none. */
export function momentTyped(text: string, strict = false): string | null {
  const said = text.normalize(HALF).trim();
  const [, days = '', hours = '', seconds] = /^(.+?)[T ]\s*(\d{1,2}:\d{2})(?::(\d{2}))?$/.exec(said) ?? [];
  const day = dayTyped(days, strict);
  const clock = `${hours.padStart(5, '0')}:${seconds ?? '00'}`;
  if (day === null || (strict && seconds === undefined)) return null;
  return /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(clock) ? `${day}T${clock}` : null;
}

/** An instant on the city's clock as a form keeps it: `2026-11-20T21:35:08`. */
export const cityLocal = (at: Date): string => fullTime(at).replace(' ', 'T');
/** What such a form says, as an instant. */
export const cityInstant = (local: string): string => `${local.length === 16 ? `${local}:00` : local}+08:00`;
