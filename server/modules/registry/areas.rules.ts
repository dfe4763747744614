/** A division of the city, as identity keeps it. */
export type Division = {
  code: string;
  name: string;
  level: 'city' | 'district' | 'street' | 'community';
  parentCode: string | null;
};

/** The divisions of the city, ready to be asked. */
export type AreaBook = {
  city: { code: string; name: string };
  has: (code: string) => boolean;
  /** Empty for a code that is not of this city. */
  name: (code: string) => string;
  /** From the city down to the code itself; empty when it is not known. */
  path: (code: string) => Division[];
  below: (code: string) => readonly Division[];
};

export function areaBook(divisions: readonly Division[]): AreaBook {
  const byCode = new Map(divisions.map((d) => [d.code, d]));
  const below = new Map<string, Division[]>();
  for (const d of divisions) {
    if (d.parentCode === null) continue;
    const siblings = below.get(d.parentCode);
    if (siblings) siblings.push(d);
    else below.set(d.parentCode, [d]);
  }
  const city = divisions.find((d) => d.level === 'city');
  return {
    city: { code: city?.code ?? '', name: city?.name ?? '' },
    has: (code) => byCode.has(code),
    name: (code) => byCode.get(code)?.name ?? '',
    path: (code) => pathTo(byCode, code),
    below: (code) => below.get(code) ?? [],
  };
}

function pathTo(byCode: ReadonlyMap<string, Division>, code: string): Division[] {
  const path: Division[] = [];
  for (let at = byCode.get(code); at && path.length < 6; at = at.parentCode ? byCode.get(at.parentCode) : undefined) {
    path.unshift(at);
  }
  return path;
}

/** District, street and community of a code of any of these levels: what `area_codes` hold. */
export const codesDownTo = (code: string): string[] =>
  [6, 9, 12].filter((n) => n <= code.length).map((n) => code.slice(0, n));
