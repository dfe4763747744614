import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { SearchHit } from '../../contract/registry-search.ts';
import { get } from '../api.ts';
import { paths } from '../paths.ts';
import { useSay } from '../say.ts';
import { useMe } from '../session.ts';
import { Failing } from '../ui/states.tsx';
import { useLatest } from '../ui/use-latest.ts';
import { menuOf } from './menu.rules.ts';
import './palette.css';

type Choice = { key: string; title: string; subtitle: string; aside: string; path: string };

const PAUSE_MS = 120;

/** One box that finds elevators, estates, organisations, divisions and pages, and goes there. */
export function Palette({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState('');
  const latest = useLatest(onClose);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    const closeOutside = (event: MouseEvent) => event.target === shown && latest.current();
    shown?.addEventListener('click', closeOutside);
    return () => shown?.removeEventListener('click', closeOutside);
  }, [latest]);
  return (
    <dialog ref={dialog} className="palette" aria-label={say('web.palette.label')} onClose={onClose}>
      <Finding text={text} onText={setText} onClose={onClose} />
    </dialog>
  );
}

function Finding({ text, onText, onClose }: { text: string; onText: (text: string) => void; onClose: () => void }) {
  const say = useSay();
  const navigate = useNavigate();
  const { choices, error, isWaiting } = useChoices(text.trim());
  const [at, setAt] = useState(0);
  const chosen = Math.min(at, Math.max(0, choices.length - 1));
  const go = (choice: Choice | undefined) => {
    if (!choice) return;
    onClose();
    void navigate(choice.path);
  };
  const steer = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') go(choices[chosen]);
    else if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, choices.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0));
    else return;
    event.preventDefault();
  };
  return (
    <div onKeyDown={steer} role="presentation">
      <input
        className="palette-input"
        role="combobox"
        aria-expanded={choices.length > 0}
        aria-controls="palette-choices"
        aria-activedescendant={choices[chosen] ? `palette-${chosen}` : undefined}
        aria-label={say('web.frame.search')}
        placeholder={say('web.frame.search')}
        value={text}
        onChange={(event) => {
          setAt(0);
          onText(event.target.value);
        }}
      />
      {error ? <Failing error={error} /> : null}
      <Choices choices={choices} chosen={chosen} onGo={go} />
      <p className="palette-foot">
        {choices.length === 0 && text.trim() && !isWaiting
          ? say('web.palette.none', { text: text.trim() })
          : text
            ? say('web.palette.keys')
            : say('web.palette.hint')}
      </p>
    </div>
  );
}

function Choices({
  choices,
  chosen,
  onGo,
}: {
  choices: readonly Choice[];
  chosen: number;
  onGo: (choice: Choice) => void;
}) {
  const say = useSay();
  return (
    <div id="palette-choices" role="listbox" aria-label={say('web.palette.label')} className="palette-choices">
      {choices.map((choice, at) => (
        <button
          key={choice.key}
          id={`palette-${at}`}
          type="button"
          role="option"
          className="plain"
          aria-selected={at === chosen}
          tabIndex={-1}
          onClick={() => onGo(choice)}
        >
          <span className="clip">{choice.title}</span>
          <span className="muted small clip">{choice.subtitle}</span>
          <span className="muted small push nowrap">{choice.aside}</span>
        </button>
      ))}
    </div>
  );
}

/** Pages of the menu that contain the text, then what the registry finds. */
function useChoices(text: string): { choices: readonly Choice[]; error: unknown; isWaiting: boolean } {
  const say = useSay();
  const { role } = useMe();
  const [asked, setAsked] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const found = useQuery({
    queryKey: ['registry', '/search', asked],
    queryFn: ({ signal }) => get<{ items: readonly SearchHit[] }>('/search', { q: asked }, signal),
    enabled: asked.length > 0 && role !== 'administrator' && role !== 'auditor',
    placeholderData: keepPreviousData,
  });
  const pages = menuOf(role)
    .flatMap(({ entries }) => entries)
    .filter(({ word }) => text === '' || say(word).toLowerCase().includes(text.toLowerCase()))
    .map(({ path, word }) => ({ key: path, title: say(word), subtitle: say('web.palette.pages'), aside: '', path }));
  const hits = text === '' ? [] : (found.data?.items ?? []).map((hit) => choiceOf(hit, say));
  return { choices: [...hits, ...pages], error: found.error, isWaiting: asked !== text || found.isFetching };
}

/** Where a hit leads: an elevator to its file, everything else to the list of its elevators. */
export function choiceOf(hit: SearchHit, say: ReturnType<typeof useSay>): Choice {
  const path = {
    elevator: () => paths.elevator(hit.id),
    place: () => paths.elevators({ place: hit.id }),
    org: () => paths.elevators({ useOrg: hit.id }),
    area: () => paths.overview(hit.id),
  }[hit.kind]();
  const aside = hit.kind === 'elevator' ? (hit.code ?? '') : say('web.palette.behind', { n: hit.elevators });
  return { key: `${hit.kind} ${hit.id}`, title: hit.title, subtitle: hit.subtitle, aside, path };
}
