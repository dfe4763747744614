import { useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button/index.js';
import Dropdown from 'antd/es/dropdown/index.js';
import { useEffect, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { paths } from '../paths.ts';
import { prefer, usePreferences } from '../preferences.ts';
import { useSay } from '../say.ts';
import { signOut, useMe, useSessionState } from '../session.ts';
import { Mark, type Tone } from '../ui/mark.tsx';
import { useCounters } from './counters.ts';
import { LanguageButton } from './language-button.tsx';
import { isOpenTo } from './menu.rules.ts';
import { Palette } from './palette.tsx';
import { usePlace } from './place.ts';

/** Name and city, search, what is burning, language, account. */
export function TopBar({ onMenu, menuOpen }: { onMenu: () => void; menuOpen: boolean }) {
  const say = useSay();
  const { city } = usePlace();
  return (
    <header className="top-bar">
      <button type="button" className="plain menu-button" aria-expanded={menuOpen} onClick={onMenu}>
        <span aria-hidden="true">☰</span>
        <span className="hidden">{say('web.frame.menu')}</span>
      </button>
      <Link to={paths.overview()} className="brand">
        {say('web.product')}
      </Link>
      <span className="city clip">{city}</span>
      <DemoSign />
      <Search />
      <CounterLinks />
      <LanguageButton />
      <AccountMenu />
    </header>
  );
}

/** Nobody may take invented figures for real ones. */
function DemoSign() {
  const say = useSay();
  const session = useSessionState();
  return session.data?.demo ? <span className="demo-sign">{say('web.frame.demo')}</span> : null;
}

/** The search box's handle; Ctrl K (⌘K) opens the palette from anywhere. */
function Search() {
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      if (event.code !== 'KeyK' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setOpen(true);
    };
    addEventListener('keydown', open);
    return () => removeEventListener('keydown', open);
  }, []);
  const key = navigator.platform.startsWith('Mac') ? '⌘K' : 'Ctrl K';
  return (
    <>
      <button
        type="button"
        className="plain search-handle"
        onClick={() => setOpen(true)}
        aria-keyshortcuts="Control+K Meta+K"
      >
        <SearchSign />
        <kbd>{key}</kbd> <span className="clip">{say('web.frame.search')}</span>
      </button>
      {isOpen ? <Palette onClose={() => setOpen(false)} /> : null}
    </>
  );
}

const SearchSign = () => (
  <svg aria-hidden="true" className="search-sign" viewBox="0 0 16 16" width="16" height="16">
    <path d="M7 2a5 5 0 1 0 0 10A5 5 0 0 0 7 2zM11 11l3.5 3.5" fill="none" stroke="currentColor" strokeWidth="1.6" />
  </svg>
);

function CounterLinks() {
  const say = useSay();
  const { role } = useMe();
  const { trapped, unplaced, warnings } = useCounters();
  const desk = isOpenTo(paths.desk(), role) ? paths.desk() : paths.incidents({ open: 'true' });
  return (
    <span className={unplaced > 0 ? 'counters burning' : 'counters'}>
      {trapped === null ? null : (
        <Counter to={paths.incidents({ open: 'true' })} tone={trapped > 0 ? 'danger' : 'plain'}>
          {say('web.frame.trapped', { n: trapped })}
        </Counter>
      )}
      {unplaced === 0 ? null : (
        <Counter to={desk} tone="danger" title={say('web.frame.unplaced_means')}>
          {say('web.frame.unplaced', { n: unplaced })}
        </Counter>
      )}
      {warnings === null ? null : (
        <span className="counter-warnings">
          <Counter to={paths.health()} tone={warnings > 0 ? 'warn' : 'plain'}>
            {say('web.frame.warnings', { n: warnings })}
          </Counter>
        </span>
      )}
    </span>
  );
}

type CounterProps = { to: string; tone: Tone; title?: string; children: string };

/** A count that leads to its page, where this role has that page. */
function Counter({ to, ...mark }: CounterProps) {
  const { role } = useMe();
  const sign = <Mark {...mark} />;
  return isOpenTo(to.split('?')[0] ?? to, role) ? <Link to={to}>{sign}</Link> : sign;
}

function AccountMenu() {
  const say = useSay();
  const me = useMe();
  const { theme } = usePreferences();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const leave = async () => {
    await signOut(queries);
    await navigate(paths.signIn());
  };
  const items = [
    { key: 'who', label: `${say(`identity.role.${me.role}`)}${me.org ? ` · ${me.org.name}` : ''}`, disabled: true },
    { key: 'account', label: say('web.frame.account'), onClick: () => void navigate(paths.ownAccount()) },
    { type: 'divider' as const },
    ...themeItems(theme, say),
    { type: 'divider' as const },
    { key: 'out', label: say('web.frame.sign_out'), onClick: () => void leave() },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button type="text" size="small" className="account-button">
        <span className="clip">{me.displayName}</span> ▾
      </Button>
    </Dropdown>
  );
}

const themeItems = (theme: 'light' | 'dark' | null, say: (code: string) => string) =>
  (['light', 'dark', null] as const).map((choice) => ({
    key: `theme-${choice ?? 'auto'}`,
    label: `${choice === theme ? '✓' : '\u2003'} ${say(`web.frame.theme.${choice ?? 'auto'}`)}`,
    onClick: () => prefer({ theme: choice }),
  }));
