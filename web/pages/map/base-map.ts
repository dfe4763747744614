import {
  AttributionControl,
  Map as MapLibre,
  type MapOptions,
  NavigationControl,
  type RequestParameters,
  ScaleControl,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { Ground } from './ground.ts';
import { mapStyle } from './map-style.ts';
import 'maplibre-gl/dist/maplibre-gl.css';

setWorkerUrl(workerUrl);

type Base = { scheme: 'light' | 'dark'; ground: Ground; at: Partial<MapOptions> };

/**
 * Every map of the console: the installation's base map if it has one, districts, elevators in front, north up. Without
 * a base map nothing comes from outside.
 */
export function openBaseMap(container: HTMLElement, { scheme, ground, at }: Base): MapLibre {
  const map = new MapLibre({
    container,
    style: mapStyle(location.origin, scheme, ground),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    maxZoom: 19,
    transformRequest: withOrigin,
    ...at,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-left');
  map.addControl(new ScaleControl({}), 'bottom-left');
  if (ground.base.kind !== 'none') map.addControl(new AttributionControl({ compact: false }), 'bottom-right');
  return map;
}

/** A map key is good for the addresses it was issued for: another host is told which site asks, never which page. */
function withOrigin(url: string): RequestParameters | undefined {
  return new URL(url, location.href).origin === location.origin ? undefined : { url, referrerPolicy: 'origin' };
}
