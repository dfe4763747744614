import Button from 'antd/es/button/index.js';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { clockOf, fullTime } from '../../time.ts';
import { Mark } from '../../ui/mark.tsx';
import { Figure } from '../../ui/page.tsx';
import { TimerLeft } from './queue.tsx';
import { usePlaceName } from './queue-event.tsx';
import { NEEDS, type QueueEvent, STANDS } from './rescue-types.ts';

type Props = {
  event: QueueEvent;
  now: number;
  isUnfolded: boolean;
  onFold: () => void;
  onOpen: (incident: string) => void;
};

/** An event of many at a glance: how far each is, where they are, and who of them needs the agent. */
export function EventPanel({ event, now, isUnfolded, onFold, onOpen }: Props) {
  const say = useSay();
  const { oldestAt, stands, timer } = event;
  return (
    <div className="desk-incident">
      <p className="row">
        <Mark tone={oldestAt ? 'danger' : 'good'}>{say('rescue.queue.event')}</Mark>
        {event.powerCut ? <Mark tone="warn">{say('rescue.queue.power_cut')}</Mark> : null}
        {oldestAt ? <b className="desk-clock">{clockOf((now - Date.parse(oldestAt)) / 1_000)}</b> : null}
        <span className="desk-level">{say('rescue.desk.level', { level: event.level })}</span>
        <TimerLeft item={{ timer, awareAt: oldestAt ?? event.startedAt }} now={now} />
      </p>
      <h1>{usePlaceName(event)}</h1>
      <p className="row muted">
        {event.feeder === null ? null : <span>{say('rescue.queue.feeder', { feeder: event.feeder })}</span>}
        <span>{say('rescue.queue.total', { n: event.total, time: fullTime(event.startedAt) })}</span>
      </p>
      <p className="row">
        <b>
          {oldestAt ? say('rescue.queue.trapped', { n: event.open - stands.released }) : say('rescue.queue.all_out')}
        </b>
        {event.people > 0 ? <b>{say('rescue.queue.people', { n: event.people })}</b> : null}
        {NEEDS.filter((n) => event.needs[n] > 0).map((n) => (
          <Mark key={n} tone="danger">
            {say(`rescue.need.${n}`)} {event.needs[n]}
          </Mark>
        ))}
      </p>
      <div className="figures desk-figures">
        {STANDS.map((stand) => (
          <Figure key={stand} name={say(`rescue.queue.stand.${stand}`)} value={stands[stand]} />
        ))}
        <Figure name={say('rescue.queue.freed')} value={event.freed} />
      </div>
      <p className="row">
        <Button type="primary" onClick={onFold}>
          {isUnfolded ? say('rescue.queue.fold') : say('rescue.queue.unfold', { n: event.open })}
        </Button>
        <Link to={paths.incidents({ group: event.id })}>{say('rescue.queue.list')}</Link>
      </p>
      <Calls event={event} now={now} onOpen={onOpen} />
      <Places event={event} />
    </div>
  );
}

function Calls({ event, now, onOpen }: Pick<Props, 'event' | 'now' | 'onOpen'>) {
  const say = useSay();
  if (event.callingCount === 0) return <p className="muted">{say('rescue.queue.calls_none')}</p>;
  const hidden = event.callingCount - event.calling.length;
  return (
    <section>
      <h2>{say('rescue.queue.calls', { n: event.callingCount })}</h2>
      <ol className="desk-lines desk-calls">
        {event.calling.map(({ why, item }) => (
          <li key={item.id}>
            <b className="desk-why">{say(`rescue.queue.call.${why}`, { level: item.level })}</b>
            <span>{clockOf((now - Date.parse(item.awareAt)) / 1_000)}</span>
            <button type="button" className="plain clip" onClick={() => onOpen(item.id)}>
              {item.address || item.number}
            </button>
            <span className="muted clip">{item.crew}</span>
          </li>
        ))}
      </ol>
      {hidden > 0 ? <p className="muted">{say('rescue.queue.calls_more', { n: hidden })}</p> : null}
    </section>
  );
}

function Places({ event }: { event: QueueEvent }) {
  const say = useSay();
  const { estates, estateCount } = event;
  return (
    <section>
      <h2>{say('rescue.queue.places')}</h2>
      <ul className="desk-lines">
        {estates.map(({ name, incidents }) => (
          <li key={name}>
            <span>{name}</span>
            <b>{say('rescue.queue.trapped', { n: incidents })}</b>
          </li>
        ))}
        {estateCount > estates.length ? (
          <li className="muted">{say('rescue.queue.other_places', { n: estateCount - estates.length })}</li>
        ) : null}
      </ul>
    </section>
  );
}
