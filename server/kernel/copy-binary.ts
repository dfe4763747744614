import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** Writes rows in PostgreSQL's COPY BINARY form: the fastest way into a table. Fields come in the order of the columns. */
export type RowWriter = {
  /** Begin a row of this many fields. */
  row: (fields: number) => void;
  int2: (value: number | null) => void;
  int4: (value: number) => void;
  /** Whole numbers up to 2^53; null for no value. */
  int8: (value: number | null) => void;
  /** An instant, in milliseconds since 1970. */
  instant: (ms: number) => void;
  /** A `jsonb` value as its text. */
  jsonb: (json: string | null) => void;
  /** Everything written, with the trailer. The writer is empty afterwards. */
  finish: () => Buffer;
};

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1'); // 11 bytes, flags, no extension
const EPOCH_2000_MS = 946_684_800_000;
const TWO_32 = 4_294_967_296;

export function openRowWriter(initialBytes = 1 << 20): RowWriter {
  let bytes = openBytes(initialBytes);
  return {
    row: (fields) => {
      bytes.need(2 + fields * 12); // the widest fixed field takes 12 bytes with its length
      bytes.short(fields);
    },
    int2: (value) => {
      if (value === null) return bytes.word(-1);
      if ((value << 16) >> 16 !== value) throw new RangeError(`${value} is no int2`);
      bytes.word(2);
      bytes.short(value);
    },
    int4: (value) => {
      if ((value | 0) !== value) throw new RangeError(`${value} is no int4`);
      bytes.word(4);
      bytes.word(value);
    },
    int8: (value) => (value === null ? bytes.word(-1) : long(bytes, value)),
    instant: (ms) => long(bytes, (ms - EPOCH_2000_MS) * 1_000),
    jsonb: (json) => {
      if (json === null) return bytes.word(-1);
      const length = Buffer.byteLength(json) + 1;
      bytes.need(4 + length + 64);
      bytes.word(length);
      bytes.text(`${JSONB_VERSION}${json}`);
    },
    finish: () => {
      bytes.need(2);
      bytes.short(-1);
      const done = bytes.done();
      bytes = openBytes(initialBytes);
      return done;
    },
  };
}

const JSONB_VERSION = '\u0001'; // of its binary form

/** Eight bytes and their length: the upper and the lower half, the latter with the sign its first bit gives it. */
function long(bytes: Bytes, value: number): void {
  const high = Math.floor(value / TWO_32);
  bytes.word(8);
  bytes.word(high);
  bytes.word(value - high * TWO_32);
}

type Bytes = ReturnType<typeof openBytes>;

/** Bytes that grow at their end. `need` makes room for all that is written until the next. */
function openBytes(initialBytes: number) {
  let buffer: Buffer = Buffer.allocUnsafe(initialBytes);
  let view = viewOf(buffer);
  let end = SIGNATURE.copy(buffer);
  return {
    need: (bytes: number): void => {
      if (end + bytes <= buffer.length) return;
      const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, end + bytes));
      buffer.copy(larger, 0, 0, end);
      buffer = larger;
      view = viewOf(larger);
    },
    short: (value: number): void => {
      view.setInt16(end, value);
      end += 2;
    },
    word: (value: number): void => {
      view.setInt32(end, value);
      end += 4;
    },
    text: (text: string): void => {
      end += buffer.write(text, end);
    },
    done: (): Buffer => buffer.subarray(0, end),
  };
}

/** Numbers go in through a view: Buffer's own writers check and copy byte by byte, twice the time. */
const viewOf = (buffer: Buffer): DataView => new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);

/** Send finished rows; `into` is the table with its columns, from our own code. Runs in the client's transaction. */
export async function copyRows(client: pg.ClientBase, into: string, rows: Buffer): Promise<void> {
  const stream = client.query(copyFrom(`copy ${into} from stdin with (format binary)`));
  stream.end(rows);
  await finished(stream);
}
