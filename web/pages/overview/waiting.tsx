import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { WaitingList } from '../../../contract/kernel.ts';
import { get } from '../../api.ts';
import { useSay } from '../../say.ts';
import { cityDay, today } from '../../time.ts';
import { Mark } from '../../ui/mark.tsx';
import { Panel } from '../../ui/page.tsx';
import { pageOf } from './waiting.rules.ts';

type Item = WaitingList['items'][number];

/** What waits for the person who has signed in, with the day the first of it is due. Nothing waits: nothing is shown. */
export function Waiting() {
  const say = useSay();
  const { data } = useQuery({
    queryKey: ['waiting'],
    queryFn: ({ signal }) => get<WaitingList>('/waiting', {}, signal),
    refetchInterval: 60_000,
  });
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Panel flush title={say('web.waiting.title')}>
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
