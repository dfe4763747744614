/** A roster as a clerk says it: these people, these days, every day from then to then. */
export type Shifts = {
  people: readonly string[];
  fromDay: string;
  toDay: string;
  begins: string; // 08:00
  ends: string; // earlier than `begins`, or the same: on the next day
};

export type Entry = { personId: string; fromAt: string; toAt: string };

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const DAY_MS = 86_400_000;
const nextDay = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);

/** The lines of it, person by person in the order of the days, in the city's time. Null: a time is no time. */
export function entriesOf({ people, fromDay, toDay, begins, ends }: Shifts): Entry[] | null {
  if (!CLOCK.test(begins) || !CLOCK.test(ends) || fromDay === '' || toDay === '') return null;
  const days: string[] = [];
  for (let day = fromDay; day <= toDay; day = nextDay(day)) days.push(day);
  return people.flatMap((personId) =>
    days.map((day) => ({
      personId,
      fromAt: `${day}T${begins}:00+08:00`,
      toAt: `${ends > begins ? day : nextDay(day)}T${ends}:00+08:00`,
    })),
  );
}
