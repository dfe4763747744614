import { useEffect } from 'react';

/** What a key does, by its place on the keyboard, so that it works in every layout. */
export type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** Is somebody writing? Then no key means an act. */
function isWriting(event: KeyboardEvent): boolean {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return true;
  const { target } = event;
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Listen to keys by `event.code`; off in fields and while an input method composes. */
export function useKeys(keys: Keys, on: boolean): void {
  useEffect(() => {
    if (!on) return undefined;
    const press = (event: KeyboardEvent) => {
      if (isWriting(event)) return;
      const act = keys[event.shiftKey ? `Shift+${event.code}` : event.code];
      if (!act) return;
      event.preventDefault();
      act(event);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [keys, on]);
}
