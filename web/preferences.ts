import { useSyncExternalStore } from 'react';
import type { Language } from '../words/index.ts';

/** What one person chose on this device. `theme: null` follows the page: the desk is dark, the rest as the system. */
export type Preferences = { language: Language; theme: 'light' | 'dark' | null };

const LANGUAGE_COOKIE = 'tian_lang'; // the server answers in the language it finds here
const THEME_KEY = 'tian_theme';
const YEAR_SECONDS = 31_536_000;

let current: Preferences = { language: readLanguage(), theme: readTheme() };
const listeners = new Set<() => void>();

function readLanguage(): Language {
  if (typeof document === 'undefined') return 'zh';
  const chosen = /(?:^|;\s*)tian_lang=(zh|en)/.exec(document.cookie)?.[1];
  if (chosen) return chosen === 'en' ? 'en' : 'zh';
  return navigator.language.toLowerCase().startsWith('en') ? 'en' : 'zh';
}

function readTheme(): Preferences['theme'] {
  if (typeof localStorage === 'undefined') return null;
  const stored = localStorage.getItem(THEME_KEY);
  return stored === 'light' || stored === 'dark' ? stored : null;
}

/** Change a preference and keep it on this device. */
export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  document.cookie = `${LANGUAGE_COOKIE}=${current.language}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  if (current.theme) localStorage.setItem(THEME_KEY, current.theme);
  else localStorage.removeItem(THEME_KEY);
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The language and theme in force, for components; they draw again when it changes. */
export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, () => current);
