import Input, { type InputRef } from 'antd/es/input/index.js';
import Select from 'antd/es/select/index.js';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useSay } from '../../say.ts';
import type { ListState } from './list-state.ts';
import './filters.css';

/** What a list can be narrowed by. A filter without options is set from elsewhere (a link) and only shown as a chip. */
export type Filter = {
  name: string;
  label: string;
  options?: readonly { value: string; label: string }[];
  wordOf?: (value: string) => string; // for values that are not among the options, such as ids
};

const TYPING_PAUSE_MS = 250;

/** The line above a list: the finder, one picker per filter, and a chip for every filter that is on. */
export function FilterBar({
  state,
  filters,
  finder,
}: {
  state: ListState;
  filters: readonly Filter[];
  finder?: ReactNode; // instead of the one that finds by free text
}) {
  const say = useSay();
  const [isOpen, setOpen] = useState(false); // on a phone the pickers stay folded until asked for
  return (
    <div className={isOpen ? 'filters filters-open' : 'filters'}>
      {finder === undefined ? <Finder key={state.filters['q'] === undefined ? 'off' : 'on'} state={state} /> : finder}
      <button type="button" className="chip filters-fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {say('web.list.filter')} {isOpen ? '▴' : '▾'}
      </button>
      {filters.map(({ name, label, options }) =>
        options && !state.filters[name] ? (
          <Select
            key={name}
            aria-label={label}
            placeholder={label}
            value={null}
            options={[...options]}
            onChange={(value: string | null) => state.setFilter(name, value ?? '')}
            popupMatchSelectWidth={false}
            showSearch={{ optionFilterProp: 'label' }}
            className="filter-select"
          />
        ) : null,
      )}
      {filters.map((filter) =>
        state.filters[filter.name] ? <Chip key={filter.name} filter={filter} state={state} /> : null,
      )}
      {Object.keys(state.filters).length > 1 ? (
        <button type="button" className="plain muted small" onClick={state.clearFilters}>
          {say('web.state.clear_filters')}
        </button>
      ) : null}
    </div>
  );
}

function Chip({ filter, state }: { filter: Filter; state: ListState }) {
  const say = useSay();
  const value = state.filters[filter.name] ?? '';
  const word = filter.options?.find((option) => option.value === value)?.label ?? filter.wordOf?.(value) ?? value;
  return (
    <span className="chip">
      <span className="muted">{filter.label}</span> {word}
      <button
        type="button"
        className="plain"
        aria-label={say('web.list.remove_filter', { name: filter.label, value: word })}
        onClick={() => state.setFilter(filter.name, '')}
      >
        ✕
      </button>
    </span>
  );
}

/** Free text, sent when typing pauses. `/` anywhere on the page comes here. */
function Finder({ state }: { state: ListState }) {
  const say = useSay();
  const input = useRef<InputRef>(null);
  const [text, setText] = useState(state.filters['q'] ?? '');
  const { setFilter } = state;
  const sent = state.filters['q'] ?? '';
  useEffect(() => {
    if (text.trim() === sent) return;
    const timer = setTimeout(() => setFilter('q', text.trim()), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, sent, setFilter]);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, []);
  return (
    <Input
      ref={input}
      allowClear
      value={text}
      aria-label={say('web.list.find')}
      placeholder={say('web.list.find')}
      onChange={(event) => setText(event.target.value)}
      className="finder"
    />
  );
}

/** Is the person writing? Then letters are letters, not commands. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
