import { useSay, useWord } from '../../say.ts';
import { clockOf } from '../../time.ts';
import { Mark } from '../../ui/mark.tsx';
import { Empty } from '../../ui/states.tsx';
import { pressureOf } from './countdown.rules.ts';
import type { Chosen, RowId, useDeskQueue } from './desk-queue.ts';
import { EventEntry } from './queue-event.tsx';
import { type Item, NEEDS } from './rescue-types.ts';
import { UnplacedRow } from './unplaced.tsx';

type Props = { queue: ReturnType<typeof useDeskQueue>; left: number; now: number; onOpen: (row: RowId) => void };

/** The queue by danger, then by clock. New and unanswered ones stand on top because they are the most dangerous and oldest. */
export function Queue({ queue, left, now, onOpen }: Props) {
  const say = useSay();
  const { entries, unplaced, chosen, unfolded, fold } = queue;
  if (entries.length + unplaced.length === 0)
    return <Empty title={say('rescue.desk.queue_empty')} hint={say('rescue.desk.queue_empty_hint')} />;
  return (
    <ul className="desk-queue" aria-label={say('rescue.desk.queue')}>
      {unplaced.map((call) => (
        <li key={call.id}>
          <UnplacedRow
            {...{ call, now }}
            isOpen={call.id === chosen.call?.id}
            onOpen={() => onOpen({ call: call.id })}
          />
        </li>
      ))}
      {entries.map((entry) =>
        entry.kind === 'incident' ? (
          <li key={entry.item.id}>
            <IncidentRow {...{ item: entry.item, chosen, now, onOpen }} />
          </li>
        ) : (
          <EventEntry
            key={entry.event.id}
            {...{ event: entry.event, chosen, now, onOpen }}
            isUnfolded={unfolded.has(entry.event.id)}
            onFold={(on) => fold(entry.event.id, on)}
          />
        ),
      )}
      {left > 0 ? <li className="desk-left muted">{say('rescue.queue.left', { n: left })}</li> : null}
    </ul>
  );
}

type RowProps = {
  item: Item;
  chosen: Chosen;
  now: number;
  onOpen: (row: RowId) => void;
  event?: string; // the event it stands in
  why?: string; // why it stands out of it
};

/** One incident of the queue, by itself or inside its event. */
export function IncidentRow({ item, chosen, now, onOpen, event, why }: RowProps) {
  const isOpen = item.id === chosen.incident;
  const isFresh = item.phase === 'raised' || item.phase === 'offered';
  return (
    <button
      type="button"
      className={['desk-row', isOpen && 'open', isFresh && 'fresh', event && 'inside'].filter(Boolean).join(' ')}
      aria-current={isOpen}
      data-in={event}
      onClick={() => onOpen({ incident: item.id })}
    >
      <QueueLine {...{ item, now, why, isInside: event !== undefined }} />
    </button>
  );
}

type LineProps = { item: Item; now: number; why: string | undefined; isInside: boolean };

function QueueLine({ item, now, why, isInside }: LineProps) {
  const say = useSay();
  const word = useWord();
  const isOut = item.phase === 'released';
  return (
    <>
      <span className="desk-row-head">
        <Mark tone={isOut ? 'good' : item.drill ? 'unknown' : 'danger'}>
          {item.drill
            ? say('rescue.desk.drill')
            : item.phase === 'raised' && item.level > 0
              ? say('rescue.queue.stand.raised')
              : word('rescue.phase', item.phase)}
        </Mark>
        <b className="desk-clock">{clockOf((now - Date.parse(item.awareAt)) / 1_000)}</b>
        {item.level > 0 ? <span className="desk-level">L{item.level}</span> : null}
        <TimerLeft item={item} now={now} />
      </span>
      <span className="desk-row-place">{item.address || item.number}</span>
      <span className="desk-row-foot">
        {why ? <b className="desk-why">{why}</b> : null}
        {NEEDS.filter((n) => item.needs[n]).map((n) => (
          <Mark key={n} tone="danger">
            {say(`rescue.need.${n}`)}
          </Mark>
        ))}
        {item.crew ? (
          <span className="muted desk-crew">
            {item.crewPlace !== null && item.crewPlace > 1
              ? `${say('rescue.offer.planned', { place: item.crewPlace })} · `
              : ''}
            {item.crew}
          </span>
        ) : null}
        {item.groupSize > 1 && !isInside ? (
          <span className="desk-group">{say('rescue.desk.group', { n: item.groupSize })}</span>
        ) : null}
        {item.mustLookAgain ? <Mark tone="warn">{say('rescue.timer.look_again')}</Mark> : null}
      </span>
    </>
  );
}

/** What runs out next, and how soon. */
export function TimerLeft({ item, now }: { item: Pick<Item, 'timer' | 'awareAt'>; now: number }) {
  const word = useWord();
  if (!item.timer) return null;
  const dueAt = Date.parse(item.timer.dueAt);
  const pressure = pressureOf({ since: Date.parse(item.awareAt), dueAt, now });
  return (
    <span className={`desk-timer ${pressure}`}>
      {word('rescue.timer', item.timer.kind)} {clockOf((dueAt - now) / 1_000)}
    </span>
  );
}
