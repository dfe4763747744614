import type { z } from 'zod';
import type { statistics, statisticsQuery } from '../../../contract/rescue-figures.ts';
import { type Language, say } from '../../kernel/language.ts';

type Statistics = z.input<typeof statistics>;
type By = z.output<typeof statisticsQuery>['by'];

/** What people call a group: districts by their names, codes in words. Empty: nothing is on file. */
export function groupName(areaNames: ReadonlyMap<string, string>, language: Language) {
  return (by: By, key: string): string => {
    if (key === '') return '';
    switch (by) {
      case 'district':
        return areaNames.get(key) ?? key;
      case 'place':
        return say(`registry.place_class.${key}`, language);
      case 'cause':
        return say(`rescue.cause.${key}`, language);
      case 'hour':
        return `${key}:00`;
      case 'level':
        return say('rescue.desk.level', language, { level: key });
      case 'age':
        return say('rescue.statistics.age', language, { from: key, to: Number(key) + 4 });
      case 'month':
      case 'brand':
      case 'use_org':
      case 'maintenance_org':
        return key;
    }
  };
}

type Cell = string | number | null;

const COLUMNS = [
  'group',
  'incidents',
  'people',
  'arrival_mean',
  'arrival_p50',
  'arrival_p90',
  'rescue_mean',
  'trapped_mean',
  'response_rate',
  'arrival_rate',
  'elevators',
  'rate_per_100',
] as const;

export function tableOf(figures: Statistics, language: Language): readonly (readonly Cell[])[] {
  const head = COLUMNS.map((c) => say(`rescue.statistics.column.${c}`, language));
  const round = (n: number | null | undefined): Cell =>
    n === null || n === undefined ? null : Math.round(n * 1_000) / 1_000;
  const lines = [...figures.rows, figures.total].map((r): Cell[] => [
    r.key === 'total' ? say('rescue.statistics.total', language) : r.name || say('rescue.statistics.unknown', language),
    r.incidents,
    r.people,
    round(r.arrival?.mean),
    round(r.arrival?.p50),
    round(r.arrival?.p90),
    round(r.rescue?.mean),
    round(r.trapped?.mean),
    round(r.responseRate),
    round(r.arrivalRate),
    r.elevators,
    round(r.ratePer100),
  ]);
  return [head, ...lines];
}

/** With a byte order mark, so that spreadsheets read Chinese; a text that looks like a formula is made plain. */
export const csvOf = (table: readonly (readonly Cell[])[]): string =>
  `\uFEFF${table.map((r) => r.map(cellText).join(',')).join('\r\n')}\r\n`;

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const plain = /^[=+\-@\t]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
