/** The zone of every Chinese city: no daylight saving since 1991, so a fixed offset is exact for our records. */
const CITY_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** A calendar day in the city's zone, `YYYY-MM-DD`. */
export type Day = string & { readonly __day: true };

/** The city's calendar day at this instant. */
export const dayOf = (at: Date): Day => new Date(at.getTime() + CITY_OFFSET_MS).toISOString().slice(0, 10) as Day;

/** The first instant of a city day. */
export const startOf = (day: Day): Date => new Date(Date.parse(`${day}T00:00:00Z`) - CITY_OFFSET_MS);

/** The city's month at this instant, `YYYY-MM`. */
export const monthOf = (at: Date): string => dayOf(at).slice(0, 7);

/** The time of day in the city, as `21:35`. */
export const clockOf = (at: Date): string => new Date(at.getTime() + CITY_OFFSET_MS).toISOString().slice(11, 16);

/** Hour of the city's day, 0–23. */
export const hourOf = (at: Date): number => new Date(at.getTime() + CITY_OFFSET_MS).getUTCHours();

export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10) as Day;

export const addSeconds = (at: Date, seconds: number): Date => new Date(at.getTime() + seconds * 1000);

/** Whole seconds from one instant to a later one; negative when it is earlier. Half seconds round away from zero. */
export const secondsBetween = (from: Date, to: Date): number => Math.round((to.getTime() - from.getTime()) / 1000);

/** Days that differ from the plain week: a holiday on a weekday, or a weekend day made a working day (调休). */
export type Calendar = { holidays: ReadonlySet<Day>; workdays: ReadonlySet<Day> };

export function isWorkingDay(day: Day, { holidays, workdays }: Calendar): boolean {
  if (holidays.has(day)) return false;
  if (workdays.has(day)) return true;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** The n-th working day after `day`; `day` itself is not counted. */
export function addWorkingDays(day: Day, n: number, calendar: Calendar): Day {
  let at = day;
  for (let left = n; left > 0; ) {
    at = addDays(at, 1);
    if (isWorkingDay(at, calendar)) left -= 1;
  }
  return at;
}
