import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { get } from '../../api.ts';
import { isOpenTo } from '../../frame/menu.rules.ts';
import { paths } from '../../paths.ts';
import { useSay } from '../../say.ts';
import { useMe } from '../../session.ts';
import { cityDay, today } from '../../time.ts';
import { Figure } from '../../ui/page.tsx';
import type { Statistics } from '../statistics/statistics.tsx';
import { Rate } from './rate.tsx';

const DAYS = 30;
const DAY_MS = 86_400_000;

/** How often sensors were right when they took something for an entrapment; opens the figures behind it. */
export function HitRate() {
  const say = useSay();
  const { role } = useMe();
  const now = today();
  const query = { from: cityDay(now.getTime() - (DAYS - 1) * DAY_MS), to: cityDay(now) };
  const isOpen = isOpenTo(paths.statistics(), role);
  const { data } = useQuery({
    queryKey: ['rescue', '/rescue/statistics', query],
    queryFn: ({ signal }) => get<Statistics>('/rescue/statistics', query, signal),
    enabled: isOpen,
  });
  if (!isOpen) return null;
  const judged = data && { part: data.alarms.confirmed, whole: data.alarms.confirmed + data.alarms.refuted };
  return (
    <Link className="figure-link" to={paths.statistics(query)}>
      <Figure name={say('web.statistics.hit_rate')} value={<Rate of={judged} />} />
    </Link>
  );
}
