/**
 * Opens the phone pages without network. It keeps the page and its code, never an answer of the API: jobs and acts
 * stand in the phone's database, where they are the rescuer's own and can be forgotten.
 */
declare const skipWaiting: () => Promise<void>;
declare const clients: { claim: () => Promise<void> };

type Extendable = Event & { waitUntil: (work: Promise<unknown>) => void };
type Fetching = Extendable & { request: Request; respondWith: (answer: Promise<Response>) => void };
type Messaging = Extendable & { data: unknown };

/** What a page tells the worker: the addresses of the code it has loaded. */
export type Keep = { keep: readonly string[] };

const STORE = 'tian-phone';
const PAGE = '/jobs';
const PATIENCE_MS = 4_000; // a network that is slower than this is treated as none when a page opens

const isExtendable = (event: Event): event is Extendable => 'waitUntil' in event;
const isFetching = (event: Event): event is Fetching => 'respondWith' in event;
const isMessage = (event: Event): event is Messaging => 'data' in event && isExtendable(event);

addEventListener('install', (event) => {
  if (isExtendable(event)) event.waitUntil(skipWaiting());
});

addEventListener('activate', (event) => {
  if (isExtendable(event)) event.waitUntil(clients.claim());
});

addEventListener('message', (event) => {
  const addresses = isMessage(event) ? addressesIn(event.data) : null;
  if (addresses && isMessage(event)) event.waitUntil(keep(addresses));
});

addEventListener('fetch', (event) => {
  if (!isFetching(event) || event.request.method !== 'GET') return;
  const { origin, pathname } = new URL(event.request.url);
  if (origin !== location.origin) return;
  if (event.request.mode === 'navigate') event.respondWith(page(event.request));
  else if (pathname.startsWith('/assets/')) event.respondWith(code(event.request));
});

/** The addresses in what the page says; null when it says something else. */
function addressesIn(data: unknown): string[] | null {
  if (typeof data !== 'object' || data === null || !('keep' in data) || !Array.isArray(data.keep)) return null;
  return data.keep.filter((one): one is string => typeof one === 'string' && one.startsWith('/assets/'));
}

/** Code of several versions fits; what was kept first goes first. */
const MOST_KEPT = 400;

/**
 * Keep the page and the code it has loaded. Code that a page loads later is kept as it passes (`code`), and must not be
 * taken for an earlier version's: only the oldest goes, and only when there is much too much.
 */
async function keep(addresses: readonly string[]): Promise<void> {
  const store = await caches.open(STORE);
  const missing: string[] = [];
  for (const address of addresses) if (!(await store.match(address))) missing.push(address);
  await store.addAll([...missing, PAGE]);
  const kept = (await store.keys()).filter((request) => new URL(request.url).pathname !== PAGE);
  for (const request of kept.slice(0, Math.max(0, kept.length - MOST_KEPT))) await store.delete(request);
}

/** The newest page when the network gives it in time, else the kept one. */
async function page(request: Request): Promise<Response> {
  const kept = await (await caches.open(STORE)).match(PAGE);
  const fresh = fetch(request);
  if (!kept) return fresh;
  const late = new Promise<Response>((resolve) => {
    setTimeout(() => resolve(kept), PATIENCE_MS);
  });
  return Promise.race([fresh.catch(() => kept), late]);
}

/** Code never changes under its address: kept code is as good as new. */
async function code(request: Request): Promise<Response> {
  const store = await caches.open(STORE);
  const kept = await store.match(request);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) await store.put(request, fresh.clone());
  return fresh;
}
