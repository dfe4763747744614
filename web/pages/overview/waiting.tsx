import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { WaitingList } from '../../../contract/kernel.ts';
import { get } from '../../api.ts';
import { useSay } from '../../say.ts';
import { cityDay, today } from '../../time.ts';
import { Mark } from '../../ui/mark.tsx';
import { Panel } from '../../ui/page.tsx';
import { Empty } from '../../ui/states.tsx';
import { pageOf } from './waiting.rules.ts';

type Item = WaitingList['items'][number];

/**
 * What waits for the person who has signed in, with the day the first of it is due. Nothing waits: nothing is shown, or
 * that nothing waits where this is the whole page.
 */
export function Waiting({ alone = false }: { alone?: boolean }) {
  const say = useSay();
  const { data } = useQuery({
    queryKey: ['waiting'],
    queryFn: ({ signal }) => get<WaitingList>('/waiting', {}, signal),
    refetchInterval: 60_000,
  });
  const items = data?.items ?? [];
  if (items.length === 0 && !(alone && data)) return null;
  return (
    <Panel flush title={say('web.waiting.title')}>
      {items.length === 0 ? <Empty title={say('web.waiting.none')} hint={say('web.waiting.none_hint')} /> : null}
      <ul className="waiting">
        {items.map((item) => (
          <li key={item.code}>
            <Link to={pageOf(item.code)}>{say(item.code, { n: item.count })}</Link>
            <Due item={item} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Due({ item: { dueOn } }: { item: Item }) {
  const say = useSay();
  if (!dueOn) return null;
  const isLate = dueOn < cityDay(today());
  return (
    <Mark tone={isLate ? 'warn' : 'plain'}>{say(isLate ? 'web.waiting.late' : 'web.waiting.due', { day: dueOn })}</Mark>
  );
}
