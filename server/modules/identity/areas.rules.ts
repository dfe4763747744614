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
  /** The code of a division by its code or name, within a division or in the whole city; null when none or several fit. */
  byName: (name: string, within: string | null) => string | null;
};

const LEVELS: readonly Division['level'][] = ['city', 'district', 'street', 'community'];

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
    byName: (name, within) => {
      if (byCode.has(name)) return name;
      const inside = within ? (below.get(within) ?? []) : divisions;
      const named = inside.filter((d) => d.name === name);
      const fits = named.length > 0 ? named : inside.filter((d) => bare(d.name) === bare(name));
      // 惠山 is a district and a street of another: without more words the greater one is meant.
      const highest =
        LEVELS.map((level) => fits.filter((d) => d.level === level)).find((some) => some.length > 0) ?? [];
      return highest.length === 1 ? (highest[0]?.code ?? null) : null;
    },
  };
}

/** 滨湖 and 滨湖区 are the same to who types them. */
const bare = (name: string): string =>
  name.length > 2 ? name.replace(/(街道办事处|居民委员会|居委会|社区|街道|区|县|市|镇)$/u, '') : name;

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
