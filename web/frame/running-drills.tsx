import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'react-router';
import type { z } from 'zod';
import type { incidentPage } from '../../contract/rescue.ts';
import { get } from '../api.ts';
import { paths } from '../paths.ts';
import { useSay } from '../say.ts';
import { isBelow } from './menu.rules.ts';
import '../ui/drill-banner.css';

const EVERY_MS = 30_000; // the stream tells sooner; this is for when it does not
const MOST = 5; // so many are named; a city rarely rehearses more at once

/** Across every page of rescue while a drill runs that this person sees: which one, and that all others are real. */
export function RunningDrills() {
  const { pathname } = useLocation();
  return isBelow('web.menu.rescue', pathname) ? <Named pathname={pathname} /> : null;
}

function Named({ pathname }: { pathname: string }) {
  const say = useSay();
  const { data } = useQuery({
    queryKey: ['rescue', '/rescue/incidents', 'drills'],
    queryFn: ({ signal }) =>
      get<z.infer<typeof incidentPage>>('/rescue/incidents', { drill: '1', state: 'open', limit: MOST }, signal),
    refetchInterval: EVERY_MS,
  });
  const items = data?.items.filter(({ id }) => pathname !== paths.incident(id)) ?? []; // its own page says so itself
  if (items.length === 0) return null;
  return (
    <p className="drill-banner" role="note">
      <b>{say('web.drill.running', { count: `${items.length}${data?.next ? '+' : ''}` })}</b>{' '}
      {items.map(({ id, number, address }) => (
        <Link key={id} to={paths.incident(id)} className="drill-link">
          {number} {address}
        </Link>
      ))}{' '}
      {say('web.drill.rest_is_real')}
    </p>
  );
}
