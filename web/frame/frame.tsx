import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { startLive, useLiveState } from '../live.ts';
import { onReturn, useOutage } from '../outage.ts';
import { paths } from '../paths.ts';
import { useSay } from '../say.ts';
import { useMe } from '../session.ts';
import { homeOf, isOpenTo } from './menu.rules.ts';
import { Menu } from './menu.tsx';
import { RoleMissing } from './missing.tsx';
import { RunningDrills } from './running-drills.tsx';
import { TopBar } from './top-bar.tsx';
import './frame.css';

/** The console's frame: top bar, menu, page. */
export function Frame() {
  const say = useSay();
  const queries = useQueryClient();
  const { pathname } = useLocation();
  const { role } = useMe();
  const [menuAt, setMenuAt] = useState(''); // the page on which the phone's menu was opened; another page closes it
  useEffect(() => startLive(queries), [queries]);
  useEffect(() => onReturn(() => void queries.invalidateQueries()), [queries]); // what failed meanwhile is read again
  return (
    <div className="frame">
      <a className="skip" href="#content">
        {say('web.frame.skip')}
      </a>
      <TopBar onMenu={() => setMenuAt(menuAt === pathname ? '' : pathname)} menuOpen={menuAt === pathname} />
      <div className="frame-notices">
        <LiveBanner />
        <RunningDrills />
      </div>
      <div className="frame-body">
        <Menu open={menuAt === pathname} onClose={() => setMenuAt('')} />
        <main id="content" tabIndex={-1}>
          <Room pathname={pathname} role={role} />
        </main>
      </div>
    </div>
  );
}

/** The page of this address, where the role may be on it. Whoever has no overview begins on his own first page. */
function Room({ pathname, role }: { pathname: string; role: string }) {
  if (isOpenTo(pathname, role)) return <Outlet />;
  return pathname === paths.overview() ? <Navigate to={homeOf(role)} replace /> : <RoleMissing />;
}

const PATIENCE_MS = 4_000; // a reconnect within this time is nobody's concern

function LiveBanner() {
  const say = useSay();
  const state = useLiveState();
  if (useOutage())
    return (
      <div className="live-away" role="status">
        ▲ {say('web.frame.outage')}
      </div>
    );
  return state === 'away' ? <AwayBanner /> : null;
}

function AwayBanner() {
  const say = useSay();
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isLong) return null;
  return (
    <div className="live-away" role="status">
      ▲ {say('web.frame.away')}
    </div>
  );
}
