import { resolve } from 'node:path';
import { z } from 'zod';

/** What an installation shows below its own map. All of it is Web Mercator in WGS-84 or CGCS2000, never GCJ-02. */
export type MapConfig = {
  /** `hosts` are the addresses of 天地图 or of a city's own copy of it; tiles are asked for at each in turn. */
  tianditu: { key: string; hosts: readonly string[] } | null;
  pmtiles: string | null; // absolute path of a PMTiles file on this machine
  attribution: string; // what must be written below the map beside the source's own words, such as 审图号
};

const TIANDITU = 'https://t{s}.tianditu.gov.cn';
const SUBDOMAINS = [0, 1, 2, 3, 4, 5, 6, 7] as const;

export const mapVariables = {
  TIAN_MAP_TIANDITU_KEY: z
    .string()
    .regex(/^[\w-]{8,128}$/, 'give the key (tk) that 天地图 issued for a browser application, or leave it out')
    .optional(),
  TIAN_MAP_TIANDITU_URL: z
    .string()
    .refine(isHost, 'give the address of a host without a path, such as https://t{s}.tianditu.gov.cn')
    .default(TIANDITU),
  TIAN_MAP_PMTILES: z
    .string()
    .regex(/\.pmtiles$/i, 'give the path of a .pmtiles file')
    .optional(),
  TIAN_MAP_ATTRIBUTION: z.string().max(200, 'give at most 200 characters').default(''),
};

type MapVariables = z.infer<z.ZodObject<typeof mapVariables>>;

export const mapConfigOf = (v: MapVariables): MapConfig => ({
  tianditu: v.TIAN_MAP_TIANDITU_KEY ? { key: v.TIAN_MAP_TIANDITU_KEY, hosts: hostsOf(v.TIAN_MAP_TIANDITU_URL) } : null,
  pmtiles: v.TIAN_MAP_PMTILES ? resolve(v.TIAN_MAP_PMTILES) : null,
  attribution: v.TIAN_MAP_ATTRIBUTION,
});

/** One ground at a time: which of two was meant, nobody can tell. */
export const mapFaults = ({ tianditu, pmtiles }: MapConfig) =>
  tianditu && pmtiles
    ? [
        {
          variable: 'TIAN_MAP_PMTILES',
          value: pmtiles,
          remedy: 'TIAN_MAP_TIANDITU_KEY is set too: one base map at a time, leave one of them out',
        },
      ]
    : [];

/** For the log of a start: the key is left out. */
export const describeMap = ({ tianditu, pmtiles }: MapConfig): readonly (readonly [string, string])[] => [
  ['TIAN_MAP_TIANDITU_KEY', tianditu ? `(set) at ${tianditu.hosts.join(' ')}` : '(none)'],
  ['TIAN_MAP_PMTILES', pmtiles ?? '(none: districts and elevators only)'],
];

/** Hosts other than this server that the console may fetch from: exactly those the base map needs. */
export const outsideHosts = ({ tianditu }: MapConfig): readonly string[] => tianditu?.hosts ?? [];

const hostsOf = (pattern: string): readonly string[] =>
  pattern.includes('{s}')
    ? SUBDOMAINS.map((s) => new URL(pattern.replace('{s}', String(s))).origin)
    : [new URL(pattern).origin];

/** An origin and nothing behind it: what stands here goes into the policy of every page. */
function isHost(text: string): boolean {
  try {
    const url = new URL(text.replace('{s}', '0'));
    return /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href;
  } catch {
    return false; // not an address at all
  }
}
