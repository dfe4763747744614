import { useQuery } from '@tanstack/react-query';
import type { GeoJSONSource, LayerSpecification, Map as MapLibre } from 'maplibre-gl';
import { useEffect, useRef } from 'react';
import type { z } from 'zod';
import type { coverage } from '../../../contract/rescue-field.ts';
import { get } from '../../api.ts';
import { useSay } from '../../say.ts';
import { useColourScheme } from '../../ui/colour-scheme.ts';
import { Loaded } from '../../ui/states.tsx';
import { useLatest } from '../../ui/use-latest.ts';
import { openBaseMap } from '../map/base-map.ts';
import { type Ground, useGround } from '../map/ground.ts';
import { PALETTES } from '../map/map-style.ts';
import { boxAround, type Shown, shapesOf } from './desk-map.rules.ts';
import type { CandidateList } from './rescue-types.ts';

const COVERAGE_FRESH_MS = 300_000; // rosters change by the hour, not by the second

/** Where the car is, who could come and by which roads, and which elevators nobody would reach in time. */
export function DeskMap({ list }: { list: CandidateList }) {
  const say = useSay();
  const ground = useGround();
  const gaps = useQuery({
    queryKey: ['coverage'],
    queryFn: ({ signal }) => get<z.infer<typeof coverage>>('/rescue/coverage', {}, signal),
    staleTime: COVERAGE_FRESH_MS,
  });
  if (!list.to) return <p className="muted">{say('rescue.desk.no_place')}</p>;
  const shown = { to: list.to, candidates: list.items, gaps: gaps.data?.items ?? [] };
  return (
    <Loaded query={ground} lines={6}>
      {(below) => (
        <figure className="desk-map">
          <Drawing shown={shown} ground={below} />
          <figcaption className="muted small">
            {say('rescue.desk.map_note')}
            {gaps.data ? ` ${say('rescue.desk.map_gaps', { n: gaps.data.gaps })}` : ''}
          </figcaption>
        </figure>
      )}
    </Loaded>
  );
}

function Drawing({ shown, ground }: { shown: Shown; ground: Ground }) {
  const say = useSay();
  const box = useRef<HTMLElement>(null);
  const map = useRef<MapLibre>(null);
  const scheme = useColourScheme();
  const latest = useLatest(shown);
  useEffect(() => {
    if (!box.current) return;
    const at = { bounds: boxAround(latest.current), fitBoundsOptions: { padding: 40, maxZoom: 16 } };
    const opened = openBaseMap(box.current, { scheme, ground, at });
    opened.on('load', () => {
      for (const [name, data] of Object.entries(shapesOf(latest.current)))
        opened.addSource(name, { type: 'geojson', data });
      for (const layer of layersFor(scheme)) opened.addLayer(layer);
      map.current = opened;
    });
    return () => {
      map.current = null;
      opened.remove();
    };
  }, [ground, scheme, latest]);
  const { to } = shown;
  useEffect(() => {
    for (const [name, data] of Object.entries(shapesOf(shown)))
      void map.current?.getSource<GeoJSONSource>(name)?.setData(data);
  }, [shown]);
  // Another car: look there. Rescuers who move do not pull the map away under the agent's hand.
  const place = `${to.lng},${to.lat}`;
  useEffect(() => {
    if (place) map.current?.fitBounds(boxAround(latest.current), { padding: 40, maxZoom: 16, duration: 0 });
  }, [place, latest]);
  return <section ref={box} className="desk-map-box" aria-label={say('rescue.desk.map')} />;
}

function layersFor(scheme: 'light' | 'dark'): readonly LayerSpecification[] {
  const { states, halo, text } = PALETTES[scheme];
  const accent = scheme === 'dark' ? '#6ea8fe' : '#1d5fd1';
  const line = {
    'line-color': ['case', ['get', 'first'], accent, text],
    'line-width': ['case', ['get', 'first'], 4, 2],
  };
  const layers = [
    {
      id: 'gap',
      type: 'circle',
      source: 'gaps',
      paint: {
        'circle-radius': 5,
        'circle-color': 'transparent',
        'circle-stroke-color': states.fault,
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'road',
      type: 'line',
      source: 'ways',
      filter: ['get', 'byRoads'],
      layout: { 'line-join': 'round' },
      paint: { ...line, 'line-opacity': 0.85 },
    },
    {
      id: 'straight',
      type: 'line',
      source: 'ways',
      filter: ['!', ['get', 'byRoads']],
      paint: { ...line, 'line-opacity': 0.6, 'line-dasharray': [2, 2] },
    },
    {
      id: 'crew',
      type: 'circle',
      source: 'crews',
      paint: { 'circle-radius': 10, 'circle-color': accent, 'circle-stroke-color': halo, 'circle-stroke-width': 2 },
    },
    {
      id: 'crew-key',
      type: 'symbol',
      source: 'crews',
      layout: { 'text-field': ['get', 'n'], 'text-size': 12, 'text-allow-overlap': true },
      paint: { 'text-color': '#ffffff' },
    },
    {
      id: 'car',
      type: 'circle',
      source: 'car',
      paint: {
        'circle-radius': 11,
        'circle-color': states.trapped,
        'circle-stroke-color': halo,
        'circle-stroke-width': 3,
      },
    },
  ];
  return JSON.parse(JSON.stringify(layers)); // plain JSON by definition; the library checks it and says what is wrong
}
