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
  let buffer: Buffer = Buffer.allocUnsafe(initialBytes);
  let view = viewOf(buffer);
  let end = SIGNATURE.copy(buffer);
  const write = (into: Buffer): void => {
    buffer = into;
    view = viewOf(into);
  };
  const need = (bytes: number): void => {
    if (end + bytes <= buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, end + bytes));
    buffer.copy(larger, 0, 0, end);
    write(larger);
  };
  const short = (value: number): void => {
    if ((value << 16) >> 16 !== value) throw new RangeError(`${value} is no int2`);
    view.setInt16(end, value);
    end += 2;
  };
  const word = (value: number): void => {
    view.setInt32(end, value);
    end += 4;
  };
  const long = (value: number): void => {
    word(8);
    const high = Math.floor(value / TWO_32);
    word(high);
    word(value - high * TWO_32); // its lower 32 bits, whatever their sign
  };
  return {
    row: (fields) => {
      need(2 + fields * 12); // the widest fixed field takes 12 bytes with its length
      short(fields);
    },
    int2: (value) => {
      if (value === null) return word(-1);
      word(2);
      short(value);
    },
    int4: (value) => {
      if ((value | 0) !== value) throw new RangeError(`${value} is no int4`);
      word(4);
      word(value);
    },
    int8: (value) => (value === null ? word(-1) : long(value)),
    instant: (ms) => long((ms - EPOCH_2000_MS) * 1_000),
    jsonb: (json) => {
      if (json === null) return word(-1);
      const bytes = Buffer.byteLength(json);
      need(bytes + 5 + 64);
      word(bytes + 1);
      buffer[end] = 1; // version of the binary form of jsonb
      end += 1 + buffer.write(json, end + 1);
    },
    finish: () => {
      need(2);
      short(-1);
      const done = buffer.subarray(0, end);
      write(Buffer.allocUnsafe(initialBytes));
      end = SIGNATURE.copy(buffer);
      return done;
    },
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
