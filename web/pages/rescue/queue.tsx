import { useSay, useWord } from '../../say.ts';
import { clockOf } from '../../time.ts';
import { Mark } from '../../ui/mark.tsx';
import { Empty } from '../../ui/states.tsx';
import { pressureOf } from './countdown.rules.ts';
import { type Item, NEEDS } from './rescue-types.ts';

type Props = { items: readonly Item[]; open: string; now: number; onOpen: (id: string) => void };

/** The queue by danger, then by clock. New and unanswered ones stand on top because they are the most dangerous and oldest. */
export function Queue({ items, open, now, onOpen }: Props) {
  const say = useSay();
  if (items.length === 0)
    return <Empty title={say('rescue.desk.queue_empty')} hint={say('rescue.desk.queue_empty_hint')} />;
  return (
    <ul className="desk-queue" aria-label={say('rescue.desk.queue')}>
      {items.map((item) => (
        <li key={item.id}>
          <button
            type="button"
            className={rowClass(item, open)}
            aria-current={item.id === open}
            onClick={() => onOpen(item.id)}
          >
            <QueueLine item={item} now={now} />
          </button>
        </li>
      ))}
    </ul>
  );
}

const rowClass = (item: Item, open: string): string =>
  ['desk-row', item.id === open ? 'open' : '', item.phase === 'raised' || item.phase === 'offered' ? 'fresh' : '']
    .filter(Boolean)
    .join(' ');

function QueueLine({ item, now }: { item: Item; now: number }) {
  const say = useSay();
  const word = useWord();
  const isOut = item.phase === 'released';
  return (
    <>
      <span className="desk-row-head">
        <Mark tone={isOut ? 'good' : item.drill ? 'unknown' : 'danger'}>
          {item.drill ? say('rescue.desk.drill') : word('rescue.phase', item.phase)}
        </Mark>
        <b className="desk-clock">{clockOf((now - Date.parse(item.awareAt)) / 1_000)}</b>
        {item.level > 0 ? <span className="desk-level">L{item.level}</span> : null}
        <TimerLeft item={item} now={now} />
      </span>
      <span className="desk-row-place">{item.address || item.number}</span>
      <span className="desk-row-foot">
        {NEEDS.filter((n) => item.needs[n]).map((n) => (
          <Mark key={n} tone="danger">
            {say(`rescue.need.${n}`)}
          </Mark>
        ))}
        {item.crew ? <span className="muted">{item.crew}</span> : null}
        {item.groupSize > 1 ? (
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
