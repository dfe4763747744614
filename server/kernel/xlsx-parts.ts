import { Readable } from 'node:stream';
import { createInflateRaw, inflateRawSync } from 'node:zlib';

/** What of a spreadsheet the row reader does not say: which sheets are hidden, which cells are merged. */

type Part = { name: string; method: number; packed: Buffer; unpackedBytes: number };

/** The parts of a ZIP file by its central directory; null when it has none. */
export function partsOf(zip: Buffer): readonly Part[] | null {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 20 > zip.length) return null;
  const parts: Part[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== 0x02014b50) return null;
    const nameBytes = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    if (local + 30 > zip.length) return null;
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    parts.push({
      name: zip.toString('utf8', at + 46, at + 46 + nameBytes),
      method: zip.readUInt16LE(at + 10),
      packed: zip.subarray(from, from + zip.readUInt32LE(at + 20)),
      unpackedBytes: zip.readUInt32LE(at + 24),
    });
    at += 46 + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return parts;
}

const MOST_SMALL_BYTES = 5_000_000;

const textOf = ({ method, packed }: Part): string =>
  (method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: MOST_SMALL_BYTES })).toString('utf8');

export type SheetPart = { name: string; path: string };

/** The sheets that a person sees, in their order. */
export function visibleSheets(parts: readonly Part[]): SheetPart[] {
  const find = (name: string) => parts.find((part) => part.name === name);
  const [book, links] = [find('xl/workbook.xml'), find('xl/_rels/workbook.xml.rels')];
  if (!book || !links) return [];
  const targets = new Map(
    tags(textOf(links), 'Relationship').map((tag) => [attribute(tag, 'Id'), attribute(tag, 'Target')]),
  );
  return tags(textOf(book), 'sheet').flatMap((tag) => {
    const target = targets.get(attribute(tag, 'r:id'));
    if (!target || /hidden/i.test(attribute(tag, 'state'))) return [];
    return [{ name: attribute(tag, 'name'), path: target.startsWith('/') ? target.slice(1) : `xl/${target}` }];
  });
}

const tags = (xml: string, name: string): string[] => xml.match(new RegExp(`<(?:\\w+:)?${name}\\s[^>]*>`, 'g')) ?? [];
const attribute = (tag: string, name: string): string =>
  unescaped(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

/** A block of merged cells, from 0, ends included. */
export type Merge = { top: number; left: number; bottom: number; right: number };
const MOST_MERGES = 100_000;
const CARRY = 200;

/** The merged blocks of a sheet, by their first row. The sheet is read as a stream: it may be large. */
export async function mergesOf(parts: readonly Part[], path: string): Promise<Merge[]> {
  const part = parts.find((p) => p.name === path);
  if (!part) return [];
  const packed = Readable.from([part.packed]);
  const bytes = part.method === 0 ? packed : packed.pipe(createInflateRaw());
  const merges: Merge[] = [];
  let carry = '';
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    const text = carry + chunk.toString('latin1');
    let end = 0;
    for (const found of text.matchAll(/<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"[^>]*>/g)) {
      const [, left = '', top = '', right = '', bottom = ''] = found;
      merges.push({ top: Number(top) - 1, left: columnOf(left), bottom: Number(bottom) - 1, right: columnOf(right) });
      end = found.index + found[0].length;
      if (merges.length >= MOST_MERGES) return merges;
    }
    carry = text.slice(Math.max(end, text.length - CARRY));
  }
  return merges.sort((a, b) => a.top - b.top);
}

const columnOf = (letters: string): number => [...letters].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0) - 1;

/**
 * Fill what a merged block says into each of its cells, row by row: who merges the unit's name over ten elevators means
 * it for all ten. Rows must come in order.
 */
export function mergeFiller(merges: readonly Merge[]): (row: number, cells: string[]) => string[] {
  const open = new Map<Merge, string>();
  let next = 0;
  return (row, cells) => {
    for (; next < merges.length && (merges[next]?.top ?? 0) <= row; next += 1) {
      const merge = merges[next];
      if (merge) open.set(merge, merge.top === row ? (cells[merge.left] ?? '') : '');
    }
    const filled = [...cells];
    for (const [merge, text] of open) {
      if (merge.bottom < row) open.delete(merge);
      else if (text !== '') fillAcross(filled, merge, text);
    }
    return filled;
  };
}

function fillAcross(cells: string[], { left, right }: Merge, text: string): void {
  while (cells.length <= right) cells.push('');
  for (let column = left; column <= right; column += 1) if (cells[column] === '') cells[column] = text;
}
