import Button from 'antd/es/button/index.js';
import type { MapGeoJSONFeature, Map as MapLibre, MapMouseEvent } from 'maplibre-gl';
import { useEffect, useRef, useState } from 'react';
import { hear } from '../../live.ts';
import { useSay } from '../../say.ts';
import { useColourScheme } from '../../ui/colour-scheme.ts';
import { useLatest } from '../../ui/use-latest.ts';
import { openBaseMap } from './base-map.ts';
import type { Ground } from './ground.ts';
import { boundsOf } from './shapes.ts';
import { followFaults } from './tile-faults.ts';
import { type View, viewText } from './view.ts';

type Props = {
  ground: Ground;
  first: View | null; // null: the whole city
  onMove: (view: View) => void;
  onOpen: (elevatorIds: readonly string[]) => void; // those that stand at one place
};

/** The map itself. A press on a cluster goes closer, a press on an elevator opens its file. */
export function MapView({ ground, first, onMove, onOpen }: Props) {
  const say = useSay();
  const box = useRef<HTMLDivElement>(null);
  const again = useRef<() => void>(null);
  const [isLacking, setLacking] = useState(false);
  const scheme = useColourScheme();
  const view = useRef(first);
  const act = useLatest({ onMove, onOpen });
  useEffect(() => {
    if (!box.current) return;
    const at = view.current
      ? { center: { lng: view.current.lng, lat: view.current.lat }, zoom: view.current.zoom }
      : { bounds: boundsOf(ground.districts), fitBoundsOptions: { padding: roomOf(box.current.clientWidth) } };
    const map = openBaseMap(box.current, { scheme, ground, at });
    map.on('moveend', () => {
      const { lng, lat } = map.getCenter();
      const now = { lng, lat, zoom: map.getZoom() };
      // The file that opens beside the map makes it narrower: that is no move, and must not write the address meanwhile.
      if (view.current && viewText(view.current) === viewText(now)) return;
      view.current = now;
      act.current.onMove(now);
    });
    followPresses(map, (ids) => act.current.onOpen(ids));
    const readAgain = followFaults(map, setLacking);
    again.current = readAgain;
    const stop = refreshOnChange(readAgain);
    return () => {
      stop();
      map.remove();
    };
  }, [ground, scheme, act]);
  return (
    <>
      <div ref={box} className="map-box" />
      {isLacking ? (
        <p className="map-lacking" role="alert">
          ▲ {say('web.map.lacking')}{' '}
          <Button size="small" onClick={() => again.current?.()}>
            {say('web.state.retry')}
          </Button>
        </p>
      ) : null}
    </>
  );
}

/** Room around the whole city, in pixels: beside the legend on a wide page, so that no district at the edge stands behind it. */
const roomOf = (width: number) => ({ top: 24, bottom: 24, left: 24, right: width > 640 ? 144 : 24 });

function followPresses(map: MapLibre, onOpen: (ids: readonly string[]) => void): void {
  const featuresAt = (event: MapMouseEvent) =>
    map.queryRenderedFeatures(event.point, { layers: ['elevator', 'cluster'] });
  map.on('click', (event) => {
    const [feature, ...below] = featuresAt(event);
    if (feature?.layer.id === 'elevator') onOpen(elevatorsAt([feature, ...below]));
    else if (feature) map.easeTo({ center: event.lngLat, zoom: map.getZoom() + 2, duration: 150 });
  });
  map.on('mousemove', (event) => {
    map.getCanvas().style.cursor = featuresAt(event).length > 0 ? 'pointer' : '';
  });
}

/** The elevators of one building stand at one place, one above the other on the map: a press means all of them. */
const elevatorsAt = (features: readonly MapGeoJSONFeature[]): readonly string[] => [
  ...new Set(features.filter(({ layer }) => layer.id === 'elevator').map(({ properties }) => String(properties['id']))),
];

const REFRESH_MS = 5_000; // colours may be this old; a fault storm must not read the tiles a hundred times

/** Read the tiles again after something changed, at most every few seconds. Returns how to stop. */
function refreshOnChange(readAgain: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refresh = () => {
    timer = undefined;
    readAgain();
  };
  const stop = hear(() => {
    timer ??= setTimeout(refresh, REFRESH_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
