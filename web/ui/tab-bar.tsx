import type { KeyboardEvent } from 'react';
import './tab-bar.css';

type Props<Key extends string> = {
  label: string;
  tabs: readonly { key: Key; title: string }[];
  active: Key;
  onChange: (key: Key) => void;
};

/** Parts of a page, one shown at a time. ← → move between them. */
export function TabBar<Key extends string>({ label, tabs, active, onChange }: Props<Key>) {
  const step = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const at = tabs.findIndex(({ key }) => key === active);
    const next = by === 0 ? undefined : tabs[(at + by + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    onChange(next.key);
    const bar = event.currentTarget;
    requestAnimationFrame(() => bar.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  };
  return (
    <div className="tab-bar" role="tablist" tabIndex={-1} aria-label={label} onKeyDown={step}>
      {tabs.map(({ key, title }) => (
        <button
          key={key}
          type="button"
          role="tab"
          className="plain"
          aria-selected={key === active}
          tabIndex={key === active ? 0 : -1}
          onClick={() => onChange(key)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
