import { NavLink } from 'react-router';
import { paths } from '../paths.ts';
import { useSay } from '../say.ts';
import { useMe } from '../session.ts';
import { useCounters } from './counters.ts';
import { menuOf } from './menu.rules.ts';

/** The left menu of this role. On a phone it lies over the page. */
export function Menu({ open, onClose }: { open: boolean; onClose: () => void }) {
  const say = useSay();
  const { role } = useMe();
  const { trapped, unplaced } = useCounters();
  const burning = (trapped ?? 0) + unplaced;
  return (
    <>
      <nav className={open ? 'menu menu-open' : 'menu'} aria-label={say('web.frame.menu')}>
        {menuOf(role).map((group) => (
          <div key={group.word} className="menu-group">
            {group.word === group.entries[0]?.word ? null : <p>{say(group.word)}</p>}
            {group.entries.map(({ path, word, counts }) => (
              <NavLink key={path} to={path} end={path === paths.overview() || path === paths.health()}>
                {say(word)}
                {counts && burning > 0 ? <span className="menu-count">●{burning}</span> : null}
              </NavLink>
            ))}
          </div>
        ))}
      </nav>
      {open ? (
        <button type="button" className="menu-veil" aria-label={say('web.frame.close_menu')} onClick={onClose} />
      ) : null}
    </>
  );
}
