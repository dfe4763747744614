import { useCallback } from 'react';
import { hasWords, type Language, say } from '../words/index.ts';
import { usePreferences } from './preferences.ts';

export type Say = (code: string, params?: Readonly<Record<string, unknown>>) => string;

/** Speak in the person's language: `const say = useSay(); say('web.menu.map')`. */
export function useSay(): Say {
  const { language } = usePreferences();
  return useCallback<Say>((code, params) => say(code, language, params), [language]);
}

/** The word for a value of a closed list (a state, a role): `prefix.value`, or the value itself where there is none. */
export const wordFor = (prefix: string, value: string, language: Language): string =>
  hasWords(`${prefix}.${value}`) ? say(`${prefix}.${value}`, language) : value;

/** `wordFor` in the person's language. */
export function useWord(): (prefix: string, value: string) => string {
  const { language } = usePreferences();
  return useCallback((prefix, value) => wordFor(prefix, value, language), [language]);
}
