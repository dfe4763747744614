import type { BaseMap } from '../../../contract/kernel.ts';

type Colours = { page: string; land: string; line: string; text: string; halo: string };

type Style = { sources: Record<string, unknown>; layers: readonly Record<string, unknown>[] };

/**
 * The base map as sources and layers below our own. Vector tiles are drawn in the two schemas in use (Protomaps and
 * OpenMapTiles: they differ in the names of layers, not in what a road is); of another schema every line is drawn thin.
 */
export function baseStyle(base: BaseMap, { origin, theme, colours }: BaseDrawing): Style {
  if (base.kind === 'none') return { sources: {}, layers: [] };
  if (base.kind === 'raster') {
    const sources = base.pictures.map((tiles, i) => [
      pictureName(i),
      {
        type: 'raster',
        tileSize: 256,
        ...sourceOf(tiles, origin),
        ...(i === 0 ? { attribution: base.attribution } : {}),
      },
    ]);
    return { sources: Object.fromEntries(sources), layers: base.pictures.map((_, i) => picture(i, theme)) };
  }
  return {
    sources: { base: { type: 'vector', ...sourceOf(base.tiles, origin), attribution: base.attribution } },
    layers: layersOf(base.layers, colours, theme),
  };
}

type BaseDrawing = { origin: string; theme: 'light' | 'dark'; colours: Colours };
type Tiles = { addresses: readonly string[]; minZoom: number; maxZoom: number };

const sourceOf = ({ addresses, minZoom, maxZoom }: Tiles, origin: string) => ({
  tiles: addresses.map((address) => (address.startsWith('/') ? `${origin}${address}` : address)),
  minzoom: minZoom,
  maxzoom: maxZoom,
});

const pictureName = (i: number) => `base-${i}`;

// Pictures are drawn for daylight: at night light and dark change places, and the hues are turned back.
const NIGHT = {
  'raster-brightness-min': 0.85,
  'raster-brightness-max': 0.08,
  'raster-hue-rotate': 180,
  'raster-saturation': -0.5,
};

const picture = (i: number, theme: 'light' | 'dark') => ({
  id: pictureName(i),
  type: 'raster',
  source: pictureName(i),
  paint: { 'raster-fade-duration': 0, ...(theme === 'dark' ? NIGHT : { 'raster-saturation': -0.25 }) },
});

const GROUND = {
  light: { water: '#cfdbe6', green: '#e6eee3', building: '#e4e7ea', road: '#ffffff', edge: '#d5dbe1' },
  dark: { water: '#0d1822', green: '#17211b', building: '#1f2730', road: '#2c3541', edge: '#242c36' },
} as const;

/** What a road or an area is: Protomaps calls it kind, OpenMapTiles class. */
const KIND = ['coalesce', ['get', 'kind'], ['get', 'class'], ''];
const NAME = ['coalesce', ['get', 'name:zh'], ['get', 'name:zh-Hans'], ['get', 'name']];
const BIG_ROADS = ['highway', 'major_road', 'motorway', 'trunk', 'primary'];
const MIDDLE_ROADS = ['medium_road', 'secondary', 'tertiary'];
const GREENS = ['park', 'forest', 'wood', 'grass', 'garden', 'nature_reserve', 'scrub', 'pitch', 'recreation_ground'];
const isArea = ['==', ['geometry-type'], 'Polygon'];
const isLine = ['==', ['geometry-type'], 'LineString'];
const among = (kinds: readonly string[]) => ['in', KIND, ['literal', kinds]];

/** Layers of both schemas by what they hold, from the bottom up. */
const HOLDS = {
  green: ['landuse', 'landcover', 'park'],
  water: ['water'],
  streams: ['waterway', 'water'],
  roads: ['roads', 'transportation'],
  buildings: ['buildings', 'building'],
  borders: ['boundaries', 'boundary'],
  roadNames: ['roads', 'transportation_name'],
  places: ['places', 'place'],
} as const;

function layersOf(present: readonly string[], colours: Colours, theme: 'light' | 'dark') {
  const known = present.some((layer) =>
    Object.values(HOLDS).some((names) => (names as readonly string[]).includes(layer)),
  );
  if (!known) return present.map((layer) => thinLine(layer, colours));
  const drawings = drawingsOf(colours, theme);
  return drawings.flatMap(({ holds, ...layer }) =>
    HOLDS[holds]
      .filter((name) => present.includes(name))
      .map((name) => ({ ...layer, id: `base-${layer.id}-${name}`, source: 'base', 'source-layer': name })),
  );
}

const thinLine = (layer: string, { line }: Colours) => ({
  id: `base-${layer}`,
  type: 'line',
  source: 'base',
  'source-layer': layer,
  filter: ['!=', ['geometry-type'], 'Point'],
  paint: { 'line-color': line, 'line-width': 0.8 },
});

type Drawing = { id: string; type: string; holds: keyof typeof HOLDS; [property: string]: unknown };

function drawingsOf({ text, halo, line }: Colours, theme: 'light' | 'dark'): readonly Drawing[] {
  const { water, green, building, road, edge } = GROUND[theme];
  const label = { 'text-color': text, 'text-halo-color': halo, 'text-halo-width': 1.2 };
  const fill = (colour: string) => ({ 'fill-color': colour });
  return [
    { id: 'green', type: 'fill', holds: 'green', filter: ['all', isArea, among(GREENS)], paint: fill(green) },
    { id: 'water', type: 'fill', holds: 'water', filter: isArea, paint: fill(water) },
    { id: 'stream', type: 'line', holds: 'streams', filter: isLine, paint: { 'line-color': water, 'line-width': 1.5 } },
    { id: 'building', type: 'fill', holds: 'buildings', minzoom: 14, filter: isArea, paint: fill(building) },
    {
      id: 'road-edge',
      type: 'line',
      holds: 'roads',
      filter: isLine,
      paint: { 'line-color': edge, 'line-width': roadWidth(1.4) },
    },
    {
      id: 'road',
      type: 'line',
      holds: 'roads',
      filter: isLine,
      paint: { 'line-color': road, 'line-width': roadWidth(0) },
    },
    {
      id: 'border',
      type: 'line',
      holds: 'borders',
      paint: { 'line-color': line, 'line-width': 0.8, 'line-dasharray': [3, 2] },
    },
    {
      id: 'road-name',
      type: 'symbol',
      holds: 'roadNames',
      minzoom: 14,
      filter: isLine,
      layout: { 'symbol-placement': 'line', 'text-field': NAME, 'text-size': 11 },
      paint: label,
    },
    {
      id: 'place',
      type: 'symbol',
      holds: 'places',
      minzoom: 11,
      layout: { 'text-field': NAME, 'text-size': 12 },
      paint: { ...label, 'text-opacity': 0.8 },
    },
  ];
}

/** Wider with the weight of the road and the closer one looks; `edge` pixels more for the line beneath it. */
const roadWidth = (edge: number) => [
  'interpolate',
  ['exponential', 1.6],
  ['zoom'],
  8,
  ['case', among(BIG_ROADS), 0.8 + edge / 2, 0],
  13,
  ['case', among(BIG_ROADS), 3 + edge, among(MIDDLE_ROADS), 2 + edge, 0.6 + edge / 2],
  18,
  ['case', among(BIG_ROADS), 16 + edge, among(MIDDLE_ROADS), 12 + edge, 6 + edge],
];
