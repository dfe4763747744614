import type { StyleSpecification } from 'maplibre-gl';
import { baseStyle } from './base-style.ts';
import type { Ground } from './ground.ts';
import { labelsOf } from './shapes.ts';

/** How an elevator looks on the map, the calmest first; a cluster takes the colour of its worst. */
export const MAP_STATES = ['unknown', 'normal', 'offline', 'stopped', 'fault', 'trapped'] as const;
export type MapState = (typeof MAP_STATES)[number];

type Palette = {
  page: string;
  land: string;
  line: string;
  text: string;
  halo: string;
  cluster: string;
  states: Readonly<Record<MapState, string>>;
};

/** Red is for people in danger only; a fault is amber, unknown and offline are greys of different weight. */
export const PALETTES: Readonly<Record<'light' | 'dark', Palette>> = {
  light: {
    page: '#e9edf1',
    land: '#f8f9fa',
    line: '#b6bfc9',
    text: '#3d4650',
    halo: '#ffffff',
    cluster: '#5d6b7c',
    states: {
      unknown: '#8b95a1',
      normal: '#2f7d3b',
      offline: '#4b5563',
      stopped: '#6b5f96',
      fault: '#b26a00',
      trapped: '#c8141e',
    },
  },
  dark: {
    page: '#0b0e12',
    land: '#171d25',
    line: '#3b4552',
    text: '#c3cbd5',
    halo: '#0e1116',
    cluster: '#4a5868',
    states: {
      unknown: '#7c8794',
      normal: '#57ad6b',
      offline: '#aab4c0',
      stopped: '#a79bd8',
      fault: '#b87a00',
      trapped: '#e5484d',
    },
  },
};

/** A cluster is calm unless people are trapped or something is at fault: one stopped elevator of three hundred is no news. */
const clusterColour = ({ states, cluster }: Palette) => [
  'case',
  ['>', ['get', 'trapped'], 0],
  states.trapped,
  ['>', ['get', 'faults'], 0],
  states.fault,
  cluster,
];

/** The whole map: base map if there is one, districts, elevators in front. Without one no internet is needed. */
export function mapStyle(origin: string, theme: 'light' | 'dark', { districts, base }: Ground): StyleSpecification {
  const palette = PALETTES[theme];
  const below = baseStyle(base, { origin, theme, colours: palette });
  const land = base.kind === 'none' ? [landOf(palette)] : []; // a filled district would hide the streets
  const style = {
    version: 8,
    sources: {
      ...below.sources,
      districts: { type: 'geojson', data: { type: districts.type, features: districts.features } },
      labels: { type: 'geojson', data: labelsOf(districts) },
      elevators: { type: 'vector', tiles: [`${origin}/api/v1/map/tiles/{z}/{x}/{y}.mvt`], minzoom: 0, maxzoom: 18 },
    },
    layers: [pageOf(palette), ...below.layers, ...land, borderOf(palette), ...names(palette), ...points(palette)],
  };
  return JSON.parse(JSON.stringify(style)); // plain JSON by definition; the library checks it and says what is wrong
}

const pageOf = ({ page }: Palette) => ({ id: 'page', type: 'background', paint: { 'background-color': page } });
const landOf = ({ land }: Palette) => ({
  id: 'land',
  type: 'fill',
  source: 'districts',
  paint: { 'fill-color': land },
});
const borderOf = ({ line }: Palette) => ({
  id: 'border',
  type: 'line',
  source: 'districts',
  paint: { 'line-color': line, 'line-width': 1.2 },
});

/** District names find a free place beside the counts, and give way where there is none. */
const names = ({ text, halo }: Palette) => [
  {
    id: 'district-name',
    type: 'symbol',
    source: 'labels',
    maxzoom: 13,
    layout: {
      'text-field': ['get', 'name'],
      'text-size': 13,
      'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'],
      'text-radial-offset': 1.5,
    },
    paint: { 'text-color': text, 'text-halo-color': halo, 'text-halo-width': 1.5 },
  },
];

const points = (palette: Palette) => [
  {
    id: 'cluster',
    type: 'circle',
    source: 'elevators',
    'source-layer': 'cluster',
    paint: {
      'circle-color': clusterColour(palette),
      'circle-radius': ['interpolate', ['linear'], ['log10', ['get', 'count']], 0, 8, 1, 12, 2, 17, 4, 28],
      'circle-opacity': 0.9,
      'circle-stroke-color': palette.halo,
      'circle-stroke-width': 1,
    },
  },
  {
    id: 'count',
    type: 'symbol',
    source: 'elevators',
    'source-layer': 'cluster',
    layout: { 'text-field': ['to-string', ['get', 'count']], 'text-size': 12, 'text-allow-overlap': true },
    paint: { 'text-color': '#ffffff' },
  },
  {
    id: 'elevator',
    type: 'circle',
    source: 'elevators',
    'source-layer': 'elevator',
    paint: {
      'circle-color': stateColour(palette),
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 8, 3, 14, 6, 18, 9],
      'circle-stroke-color': palette.halo,
      'circle-stroke-width': 1,
    },
  },
];

const stateColour = ({ states }: Palette) => [
  'match',
  ['get', 'state'],
  ...MAP_STATES.flatMap((state) => [state, states[state]]),
  states.unknown,
];
