import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { useSay } from '../../say.ts';
import './drawer.css';

type Props = { list: ReactNode; label: string; children: ReactNode; onClose: () => void; page?: string };

/** A list with a file beside it. The list stays and keeps the keyboard; Esc closes the file. */
export function WithDrawer({ list, label, children, onClose, page }: Props) {
  const say = useSay();
  const drawer = useRef<HTMLElement>(null);
  const isOpen = children !== null;
  useEffect(() => {
    if (!isOpen) return;
    const close = (event: KeyboardEvent) => event.key === 'Escape' && !event.defaultPrevented && onClose();
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, [isOpen, onClose]);
  return (
    <div className={isOpen ? 'with-drawer drawer-open' : 'with-drawer'}>
      <div className="drawer-list">{list}</div>
      {isOpen ? (
        <aside ref={drawer} className="drawer" aria-label={label}>
          <div className="drawer-bar">
            {page ? <Link to={page}>{say('web.act.open_page')}</Link> : null}
            <button type="button" className="plain push" onClick={onClose}>
              {say('web.act.close')} <kbd>Esc</kbd>
            </button>
          </div>
          {children}
        </aside>
      ) : null}
    </div>
  );
}
