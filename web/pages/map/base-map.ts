import { Map as MapLibre, type MapOptions, NavigationControl, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { mapStyle } from './map-style.ts';
import type { Districts } from './shapes.ts';
import 'maplibre-gl/dist/maplibre-gl.css';

setWorkerUrl(workerUrl);

type Base = { scheme: 'light' | 'dark'; districts: Districts; at: Partial<MapOptions> };

/** The city's own map: districts behind, elevators in front, north up, nothing from outside. */
export function openBaseMap(container: HTMLElement, { scheme, districts, at }: Base): MapLibre {
  const map = new MapLibre({
    container,
    style: mapStyle(location.origin, scheme, districts),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    maxZoom: 19,
    ...at,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-left');
  map.addControl(new ScaleControl({}), 'bottom-left');
  return map;
}
