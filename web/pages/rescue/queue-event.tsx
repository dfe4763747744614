import { useSay } from '../../say.ts';
import { clockOf } from '../../time.ts';
import { More } from '../../ui/list/list-page.tsx';
import { useRows } from '../../ui/list/rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { Failing, Loading } from '../../ui/states.tsx';
import type { Chosen, RowId } from './desk-queue.ts';
import { IncidentRow, TimerLeft } from './queue.tsx';
import { type Item, NEEDS, type QueueEvent, STANDS } from './rescue-types.ts';

type Props = {
  event: QueueEvent;
  chosen: Chosen;
  now: number;
  isUnfolded: boolean;
  onFold: (on: boolean) => void;
  onOpen: (row: RowId) => void;
};

/** Of those who need the agent, this many stand below a folded event: the rest of the queue must stay in sight. */
const MOST_RISEN = 5;

/** Many trapped at one place as one entry: who needs the agent stands below it, everybody when it is unfolded. */
export function EventEntry({ event, chosen, now, isUnfolded, onFold, onOpen }: Props) {
  const say = useSay();
  const isOpen = chosen.event?.id === event.id;
  const why = (call: QueueEvent['calling'][number]) => say(`rescue.queue.call.${call.why}`, { level: call.item.level });
  const risen = event.calling.slice(0, isUnfolded ? event.calling.length : MOST_RISEN);
  const hidden = event.callingCount - risen.length;
  return (
    <li className="desk-event">
      <div className={isOpen ? 'desk-event-head open' : 'desk-event-head'}>
        <button
          type="button"
          className="desk-fold"
          aria-expanded={isUnfolded}
          aria-label={say(isUnfolded ? 'rescue.queue.fold' : 'rescue.queue.unfold', { n: event.open })}
          onClick={() => onFold(isUnfolded)}
        >
          {isUnfolded ? '▾' : '▸'}
        </button>
        <button
          type="button"
          className={event.stands.raised > 0 ? 'desk-row fresh' : 'desk-row'}
          aria-current={isOpen}
          data-event={event.id}
          onClick={() => onOpen({ event: event.id })}
        >
          <EventLine event={event} now={now} />
        </button>
      </div>
      {risen.map((call) => (
        <IncidentRow
          key={call.item.id}
          {...{ item: call.item, chosen, now, onOpen }}
          event={event.id}
          why={why(call)}
        />
      ))}
      {hidden > 0 && !isUnfolded ? (
        <button type="button" className="desk-more-calls" onClick={() => onFold(false)}>
          {say('rescue.queue.calls_more', { n: hidden })}
        </button>
      ) : null}
      {isUnfolded ? <EventRows {...{ event, chosen, now, onOpen }} /> : null}
    </li>
  );
}

function EventLine({ event, now }: { event: QueueEvent; now: number }) {
  const say = useSay();
  const { oldestAt, stands, timer } = event;
  const trapped = event.open - stands.released;
  return (
    <>
      <span className="desk-row-head">
        <Mark tone={oldestAt ? 'danger' : 'good'}>
          {say(event.powerCut ? 'rescue.queue.power_cut' : 'rescue.queue.event')}
        </Mark>
        {oldestAt ? <b className="desk-clock">{clockOf((now - Date.parse(oldestAt)) / 1_000)}</b> : null}
        {event.level > 0 ? <span className="desk-level">L{event.level}</span> : null}
        <TimerLeft item={{ timer, awareAt: oldestAt ?? event.startedAt }} now={now} />
      </span>
      <span className="desk-row-place">{usePlaceName(event)}</span>
      <span className="desk-row-foot">
        <b>{oldestAt ? say('rescue.queue.trapped', { n: trapped }) : say('rescue.queue.all_out')}</b>
        {event.people > 0 ? <span>{say('rescue.queue.people', { n: event.people })}</span> : null}
        {NEEDS.filter((n) => event.needs[n] > 0).map((n) => (
          <Mark key={n} tone="danger">
            {say(`rescue.need.${n}`)} {event.needs[n]}
          </Mark>
        ))}
      </span>
      <span className="desk-stands">
        {STANDS.filter((stand) => stands[stand] > 0 && stand !== 'released').map((stand) => (
          <span key={stand} className={stand === 'raised' ? 'desk-stand raised' : 'desk-stand'}>
            {say(`rescue.queue.stand.${stand}`)} <b>{stands[stand]}</b>
          </span>
        ))}
        {event.freed > 0 ? (
          <span className="desk-stand freed">
            {say('rescue.queue.freed')} <b>{event.freed}</b>
          </span>
        ) : null}
      </span>
    </>
  );
}

/** Where an event is: its estates, else its feeder, else its community's code. */
export function usePlaceName({ estates, estateCount, feeder, communityCode }: QueueEvent): string {
  const say = useSay();
  const [first] = estates;
  if (first && estateCount > 1)
    return say('rescue.queue.estates', { name: first.name, n: estateCount, more: estateCount - 1 });
  return first?.name ?? (feeder === null ? (communityCode ?? '') : say('rescue.queue.feeder', { feeder }));
}

/** The incidents of an event page by page; those that stand out of it already are not named twice. */
function EventRows({ event, chosen, now, onOpen }: Pick<Props, 'event' | 'chosen' | 'now' | 'onOpen'>) {
  const rows = useRows<Item>('rescue', '/rescue/incidents', { state: 'open', group: event.id });
  if (rows.error) return <Failing error={rows.error} onRetry={rows.again} />;
  if (!rows.rows) return <Loading lines={6} />;
  const risen = new Set(event.calling.map((c) => c.item.id));
  return (
    <div className="desk-event-rows">
      {rows.rows
        .filter((item) => !risen.has(item.id))
        .map((item) => (
          <IncidentRow key={item.id} {...{ item, chosen, now, onOpen }} event={event.id} />
        ))}
      <More key={rows.rows.length} more={rows.more} />
    </div>
  );
}
