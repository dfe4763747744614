import { useSyncExternalStore } from 'react';

const watch = (changed: () => void) => {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
};

/** The colours in force now, for pictures that style sheets do not reach. */
export const useColourScheme = (): 'light' | 'dark' =>
  useSyncExternalStore(watch, () => (document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light'));
