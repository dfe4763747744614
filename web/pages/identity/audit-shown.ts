import { fullTime } from '../../time.ts';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/;

/** As it is read: text plain, instants by the city's clock, lists of texts side by side, the rest as JSON, nothing as nothing. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.map(shown).join(' · ');
  if (typeof value !== 'string') return JSON.stringify(value);
  return INSTANT.test(value) ? fullTime(value) : value;
}
