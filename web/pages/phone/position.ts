import { useEffect, useState } from 'react';
import { post } from '../../api.ts';

export type Place = { lng: number; lat: number; accuracyMetres: number };

const EVERY_MS = 20_000; // the desk counts a position as fresh for longer than this
const FIX_MS = 6_000; // an arrival is not held back longer by a phone that does not find itself
const OLD_MS = 30_000;

let last: { place: Place; at: number } | null = null;

const placeOf = ({ coords }: GeolocationPosition): Place => ({
  lng: coords.longitude,
  lat: coords.latitude,
  accuracyMetres: Math.round(coords.accuracy),
});

/** Where the phone is now, or null when it may not say or does not know in time. Coordinates are WGS-84. */
export function findPlace(): Promise<Place | null> {
  if (last && Date.now() - last.at < OLD_MS) return Promise.resolve(last.place);
  if (!('geolocation' in navigator)) return Promise.resolve(null);
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(null), FIX_MS);
    navigator.geolocation.getCurrentPosition(
      (found) => {
        clearTimeout(late);
        last = { place: placeOf(found), at: Date.now() };
        resolve(last.place);
      },
      () => {
        clearTimeout(late);
        resolve(null);
      },
      { enableHighAccuracy: true, timeout: FIX_MS, maximumAge: OLD_MS },
    );
  });
}

/** May the position be used: `ask` until the person has said so, for this page and from then on. */
export type Sharing = 'ask' | 'on' | 'off';

/** Tell the desk where the rescuer is while he is on his way. The newest counts; one that does not arrive is not kept. */
export function useSharing(isMoving: boolean): { sharing: Sharing; allow: () => void } {
  const [sharing, setSharing] = useState<Sharing>('ask');
  useEffect(() => {
    void permission().then((state) => setSharing(state));
  }, []);
  useEffect(() => {
    if (!isMoving || sharing !== 'on') return undefined;
    return watch(() => setSharing('off'));
  }, [isMoving, sharing]);
  return { sharing, allow: () => setSharing('on') };
}

async function permission(): Promise<Sharing> {
  if (!('geolocation' in navigator)) return 'off';
  const { state } = await navigator.permissions.query({ name: 'geolocation' });
  return state === 'granted' ? 'on' : state === 'denied' ? 'off' : 'ask';
}

/** Follow the position and report it, at most every 20 s. Returns how to stop. */
function watch(refused: () => void): () => void {
  let toldAt = 0;
  const id = navigator.geolocation.watchPosition(
    (found) => {
      last = { place: placeOf(found), at: Date.now() };
      if (Date.now() - toldAt < EVERY_MS) return;
      toldAt = Date.now();
      const at = new Date(found.timestamp).toISOString();
      post('/rescue/position', { ...last.place, at }).catch(() => {
        toldAt = 0; // the next one goes at once
      });
    },
    (error) => error.code === error.PERMISSION_DENIED && refused(),
    { enableHighAccuracy: true, maximumAge: OLD_MS },
  );
  return () => navigator.geolocation.clearWatch(id);
}
