import { useSay } from '../../say.ts';
import { durationWords } from '../../time.ts';
import { Info } from '../../ui/info.tsx';
import { Figure } from '../../ui/page.tsx';
import { shareText } from './figures.ts';
import type { Statistics } from './statistics.tsx';

/** The total of the span, each figure with its definition. */
export function Headline({ data: { total, limits } }: { data: Statistics }) {
  const say = useSay();
  const time = (seconds: number | undefined) => (seconds === undefined ? '—' : durationWords(seconds, say));
  const figures = [
    ['incidents', total.incidents.toLocaleString('en-US')],
    ['people', total.people.toLocaleString('en-US')],
    ['arrival', time(total.arrival?.mean)],
    ['rescue', time(total.rescue?.mean)],
    ['trapped', time(total.trapped?.mean)],
    ['response_rate', shareText(total.responseRate)],
    ['arrival_rate', shareText(total.arrivalRate)],
    ['rate_per_100', total.ratePer100 === null ? '—' : total.ratePer100.toFixed(3)],
  ] as const;
  const minutes = { response: limits.responseSeconds / 60, arrival: limits.arrivalSeconds / 60 };
  return (
    <div className="figures">
      {figures.map(([key, value]) => (
        <Figure
          key={key}
          name={say(`web.statistics.${key}`, minutes)}
          value={<span className="statistic">{value}</span>}
          mark={<Info label={say('web.chart.source')}>{say(`web.statistics.${key}_means`, minutes)}</Info>}
        />
      ))}
    </div>
  );
}

/** What is not counted above, and stands beside it. */
export function Beside({ data: { beside } }: { data: Statistics }) {
  const say = useSay();
  return <p className="muted small">{say('web.statistics.beside', beside)}</p>;
}

/** What sensors took for an entrapment, and how often they were right. */
export function Alarms({ data: { alarms } }: { data: Statistics }) {
  const say = useSay();
  return (
    <p className="muted small">
      {say('web.statistics.alarms', { ...alarms, rate: shareText(alarms.hitRate) })}{' '}
      <Info label={say('web.chart.source')}>{say('web.statistics.hit_rate_means')}</Info>
    </p>
  );
}
