import type { Keep } from './service-worker.ts';

/** The worker that opens these pages without network has its own file at the root, so that it may watch over them. */
const WORKER = '/service-worker.js';
const SCOPE = '/jobs';

/** Let the phone open these pages without network from now on: the page itself and the code it has loaded. */
export async function openWithoutNetwork(): Promise<void> {
  if (!('serviceWorker' in navigator) || import.meta.env.MODE === 'development') return;
  try {
    const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
    const worker = registration.active ?? (await whenActive(registration));
    tellOfCode(worker);
  } catch {
    // A browser may forbid it (private window, full disk): the pages work, but open with network only.
  }
}

/** Tell the worker of the code on this page, and again whenever more of it has come: pages load their pieces late. */
function tellOfCode(worker: ServiceWorker): void {
  let told = 0;
  const tell = () => {
    const code = loadedCode();
    if (code.length > told) worker.postMessage({ keep: code } satisfies Keep);
    told = code.length;
  };
  tell();
  new PerformanceObserver(tell).observe({ type: 'resource' });
}

const whenActive = (registration: ServiceWorkerRegistration): Promise<ServiceWorker> =>
  new Promise((resolve, reject) => {
    const coming = registration.installing ?? registration.waiting;
    const look = () => {
      if (registration.active) resolve(registration.active);
      else if (coming?.state === 'redundant') reject(new Error(WORKER));
    };
    coming?.addEventListener('statechange', look);
    look();
  });

/** Addresses of the scripts, styles and fonts on this page. */
function loadedCode(): string[] {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
  const own = loaded.filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/assets/'));
  return [...new Set(own.map(({ pathname }) => pathname))];
}
