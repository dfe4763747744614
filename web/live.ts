import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { apiUrl } from './api.ts';

/** What the server tells: that something changed, never what. */
export type Change = { type: string; subject: string; version?: number };

/** 'away' once the stream has been silent or refused for longer than a reconnect takes. */
export type LiveState = 'off' | 'open' | 'away';

const COALESCE_MS = 400; // a burst of events reads each list once
let state: LiveState = 'off';
const watchers = new Set<() => void>();
const hearers = new Set<(change: Change) => void>();

function become(next: LiveState): void {
  if (state === next) return;
  state = next;
  for (const watcher of watchers) watcher();
}

const subscribe = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

/** Does the console hear of changes right now? */
export const useLiveState = (): LiveState => useSyncExternalStore(subscribe, () => state);

/** Hear every change, for what a refreshed list cannot do (a sound, a moving car). Returns how to stop. */
export function hear(hearer: (change: Change) => void): () => void {
  hearers.add(hearer);
  return () => hearers.delete(hearer);
}

/**
 * Listen to the stream and read again what changed. Every query key begins with the module that owns the data
 * (`['rescue', …]`), so an event `rescue.incident_raised` makes the rescue queries stale. Returns how to stop.
 */
export function startLive(queries: QueryClient): () => void {
  const stale = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refresh = () => {
    timer = undefined;
    for (const topic of stale) void queries.invalidateQueries({ queryKey: [topic] });
    stale.clear();
  };
  const source = new EventSource(apiUrl('/stream'));
  source.onopen = () => {
    if (state === 'away') void queries.invalidateQueries(); // what happened meanwhile was not told
    become('open');
  };
  source.onerror = () => become('away');
  source.onmessage = (message) => {
    const change = readChange(message.data);
    if (!change) return;
    for (const hearer of hearers) hearer(change);
    stale.add(change.type.split('.')[0] ?? change.type);
    timer ??= setTimeout(refresh, COALESCE_MS);
  };
  return () => {
    source.close();
    clearTimeout(timer);
    become('off');
  };
}

/** A line of the stream, or null when it is none of ours. */
export function readChange(data: unknown): Change | null {
  if (typeof data !== 'string' || !data.startsWith('{')) return null;
  const change: unknown = JSON.parse(data);
  return isChange(change) ? change : null;
}

const isChange = (value: unknown): value is Change =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  typeof value.type === 'string' &&
  'subject' in value;
