import { type QueryClient, useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { Me, SessionState } from '../contract/identity-session.ts';
import { get, remove } from './api.ts';

const SESSION_KEY = ['identity', 'session'] as const;

/** Who is signed in, how far the sign-in has come, and whether this is a demo. */
export const useSessionState = () =>
  useQuery({ queryKey: SESSION_KEY, queryFn: () => get<SessionState>('/session'), staleTime: 60_000 });

/** Put a session the server has just answered in place, without asking again. */
export const keepSession = (queries: QueryClient, state: SessionState): void => {
  queries.setQueryData(SESSION_KEY, state);
};

/** End the session and forget everything that was read in it. */
export async function signOut(queries: QueryClient): Promise<void> {
  await remove('/session');
  queries.clear();
}

export const MeContext = createContext<Me | null>(null);

/** The person signed in. Only below the frame, where there always is one. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('useMe stands below the frame, which is drawn for people who are signed in');
  return me;
}
