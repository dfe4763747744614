import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import type { MapSink } from './osm.service.ts';

/** Protocol buffers as far as OpenStreetMap's binary format needs them: a field's number, its kind, its bytes or number. */
type Field = { number: number; value: number; bytes: Uint8Array };

/** Numbers of the format that are not whole 32 bits are put together from halves: ids pass 2^32. */
function varint(bytes: Uint8Array, at: { i: number }): number {
  let [value, scale] = [0, 1];
  for (;;) {
    const byte = bytes[at.i] ?? 0;
    at.i += 1;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
    scale *= 128;
  }
}

const NO_BYTES = new Uint8Array();

function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  const at = { i: 0 };
  while (at.i < bytes.length) {
    const key = varint(bytes, at);
    const [number, kind] = [Math.floor(key / 8), key % 8];
    if (kind === 0) yield { number, value: varint(bytes, at), bytes: NO_BYTES };
    else if (kind === 2) {
      const length = varint(bytes, at);
      yield { number, value: 0, bytes: bytes.subarray(at.i, at.i + length) };
      at.i += length;
    } else at.i += kind === 1 ? 8 : 4;
  }
}

/** Signed numbers are written zigzag: 0, -1, 1, -2 … */
const signed = (n: number): number => (n % 2 === 0 ? n / 2 : -(n + 1) / 2);

function packed(bytes: Uint8Array, read: (n: number) => number = (n) => n): number[] {
  const [at, list]: [{ i: number }, number[]] = [{ i: 0 }, []];
  while (at.i < bytes.length) list.push(read(varint(bytes, at)));
  return list;
}

/** Differences to the one before, summed up. */
function summed(bytes: Uint8Array): number[] {
  let sum = 0;
  return packed(bytes, signed).map((d) => (sum += d));
}

const first = (bytes: Uint8Array, number: number): Field | undefined => {
  for (const field of fieldsOf(bytes)) if (field.number === number) return field;
  return undefined;
};

/** Read a map in OpenStreetMap's binary format (.osm.pbf). Throws on anything else. */
export function readPbf(path: string, sink: MapSink): void {
  const file = readFileSync(path);
  let at = 0;
  while (at < file.length) {
    const headLength = file.readUInt32BE(at);
    if (headLength > 65_536) throw new Error('This is no map in the binary format of OpenStreetMap');
    const head = file.subarray(at + 4, at + 4 + headLength);
    const type = new TextDecoder().decode(first(head, 1)?.bytes);
    const length = first(head, 3)?.value ?? 0;
    const blob = file.subarray(at + 4 + headLength, at + 4 + headLength + length);
    if (type === 'OSMData') readBlock(contentOf(blob), sink);
    at += 4 + headLength + length;
  }
}

function contentOf(blob: Uint8Array): Uint8Array {
  const [raw, zlib] = [first(blob, 1), first(blob, 3)];
  if (raw) return raw.bytes;
  if (!zlib) throw new Error('This map is packed in a way that cannot be read; pack it with zlib');
  return inflateSync(zlib.bytes);
}

type Block = { words: readonly string[]; place: (lng: number, lat: number) => readonly [number, number] };

function readBlock(bytes: Uint8Array, sink: MapSink): void {
  const table = first(bytes, 1)?.bytes ?? NO_BYTES;
  const decoder = new TextDecoder();
  const words = [...fieldsOf(table)].map((f) => decoder.decode(f.bytes));
  const granularity = first(bytes, 17)?.value ?? 100;
  const [latOffset, lngOffset] = [first(bytes, 19)?.value ?? 0, first(bytes, 20)?.value ?? 0];
  const place = (lng: number, lat: number) =>
    [(lngOffset + granularity * lng) * 1e-9, (latOffset + granularity * lat) * 1e-9] as const;
  for (const group of fieldsOf(bytes)) if (group.number === 2) readGroup(group.bytes, { words, place }, sink);
}

function readGroup(bytes: Uint8Array, block: Block, sink: MapSink): void {
  for (const { number, bytes: body } of fieldsOf(bytes)) {
    if (number === 2) readDense(body, block, sink);
    if (number === 3) readWay(body, block, sink);
    if (number === 1) {
      const [id, lat, lng] = [first(body, 1), first(body, 8), first(body, 9)].map((f) => signed(f?.value ?? 0));
      sink.node(id ?? 0, ...block.place(lng ?? 0, lat ?? 0));
    }
  }
}

function readDense(bytes: Uint8Array, { place }: Block, sink: MapSink): void {
  const ids = summed(first(bytes, 1)?.bytes ?? NO_BYTES);
  const lats = summed(first(bytes, 8)?.bytes ?? NO_BYTES);
  const lngs = summed(first(bytes, 9)?.bytes ?? NO_BYTES);
  for (const [i, id] of ids.entries()) sink.node(id, ...place(lngs[i] ?? 0, lats[i] ?? 0));
}

function readWay(bytes: Uint8Array, { words }: Block, sink: MapSink): void {
  const keys = packed(first(bytes, 2)?.bytes ?? NO_BYTES);
  const values = packed(first(bytes, 3)?.bytes ?? NO_BYTES);
  const tags = new Map(keys.map((k, i) => [words[k] ?? '', words[values[i] ?? 0] ?? '']));
  sink.way(summed(first(bytes, 8)?.bytes ?? NO_BYTES), tags);
}
