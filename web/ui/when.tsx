import { useEffect, useState } from 'react';
import { useSay } from '../say.ts';
import { cityDay, clockOf, daysUntil, durationWords, fullTime, shortTime, today } from '../time.ts';
import { Mark } from './mark.tsx';

type Instant = string | number | Date | null | undefined;

/** An instant as `11-20 21:35:08`, with its year when that is another one, the whole of it on hover; a dash for none. */
export function When({ at }: { at: Instant }) {
  if (at === null || at === undefined) return <span className="muted">—</span>;
  return (
    <time className="nowrap" dateTime={new Date(at).toISOString()} title={fullTime(at)}>
      {isThisYear(at) ? shortTime(at) : fullTime(at)}
    </time>
  );
}

const isThisYear = (at: string | number | Date) => cityDay(at).slice(0, 4) === cityDay(today()).slice(0, 4);

/** A calendar day; a dash when there is none. */
export const Day = ({ on }: { on: string | null | undefined }) =>
  on ? <time className="nowrap">{on.length > 10 ? cityDay(on) : on}</time> : <span className="muted">—</span>;

/** A day something is due: the date, and in words how far away it is. Amber inside `soonDays`. */
export function Due({ on, soonDays = 30 }: { on: string | null | undefined; soonDays?: number }) {
  const say = useSay();
  if (!on) return <Mark tone="unknown">{say('web.state.unknown')}</Mark>;
  const days = daysUntil(on, today());
  const words =
    days === 0
      ? say('web.time.today')
      : say(days > 0 ? 'web.time.days_left' : 'web.time.days_over', { n: Math.abs(days) });
  return (
    <span className="row">
      <Day on={on} />
      {days <= soonDays ? <Mark tone="warn">{words}</Mark> : <span className="muted small">{words}</span>}
    </span>
  );
}

/** A length of time in words. */
export function Duration({ seconds }: { seconds: number | null | undefined }) {
  const say = useSay();
  return seconds === null || seconds === undefined ? (
    <span className="muted">—</span>
  ) : (
    <span className="nowrap">{durationWords(seconds, say)}</span>
  );
}

/** The present, once a second, for running clocks. */
export function useNow(everyMs = 1_000): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** A clock that runs since an instant: `04:12`. */
export function RunningClock({ since }: { since: string }) {
  const now = useNow();
  return (
    <time className="nowrap" dateTime={since} title={fullTime(since)}>
      {clockOf((now.getTime() - Date.parse(since)) / 1_000)}
    </time>
  );
}
