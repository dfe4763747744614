import type { Calendar, Day } from '../../kernel/time.ts';
import type { CalendarPack } from './pack.ts';

/** The working days of a city, and for which days that is known. */
export type CityCalendar = Calendar & {
  from: Day; // first day whose year's arrangement is known
  to: Day; // last such day. Later days follow the plain week until the next notice is out
};

/** The calendar of a pack: holidays (放假) and the weekend days made working days (调休上班), of all its years. */
export function calendarOf(pack: CalendarPack): CityCalendar {
  const years = Object.keys(pack).toSorted();
  const days = (kind: 'holidays' | 'workdays') =>
    new Set(Object.values(pack).flatMap(({ value }) => value[kind].map((day) => day as Day)));
  return {
    holidays: days('holidays'),
    workdays: days('workdays'),
    from: `${years[0] ?? '9999'}-01-01` as Day,
    to: `${years.at(-1) ?? '0000'}-12-31` as Day,
  };
}

/** Is the arrangement of this day's year known? A clock that ends outside is only as sure as the plain week. */
export const isCovered = (day: Day, { from, to }: CityCalendar): boolean => day >= from && day <= to;
