import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { invariant } from '../../kernel/result.ts';
import type { Reading } from './reading.rules.ts';

/** Hours of history as Parquet files, sorted by elevator and time. One writer, many readers. */
export type Cold = {
  /** Rows of an elevator in these files, between two instants of the sender's clock, in its order. */
  read: (
    paths: readonly string[],
    of: { no: number; fromMs: number; toMs: number; limit: number },
  ) => Promise<Reading[]>;
  /** Work on files with SQL, alone on a connection. */
  work: <T>(run: (connection: DuckDBConnection) => Promise<T>) => Promise<T>;
  dir: string;
  stop: () => void;
};

/** What DuckDB may take: the rest of the machine belongs to the doors and the desk. */
const MEMORY = '256MB';

/** Opened at the first question: a server that is never asked for history pays nothing. */
export function openCold(dataDir: string): Cold {
  const dir = join(dataDir, 'history');
  let opened: Promise<DuckDBInstance> | undefined;
  const instance = (): Promise<DuckDBInstance> => {
    mkdirSync(join(dir, 'spill'), { recursive: true });
    opened ??= DuckDBInstance.create(':memory:', {
      memory_limit: MEMORY,
      threads: '2',
      temp_directory: join(dir, 'spill'),
      preserve_insertion_order: 'true',
    });
    return opened;
  };
  const work: Cold['work'] = async (run) => {
    const connection = await (await instance()).connect();
    try {
      return await run(connection);
    } finally {
      connection.closeSync();
    }
  };
  return {
    dir,
    work,
    read: (paths, of) =>
      paths.length === 0
        ? Promise.resolve([])
        : work((c) =>
            readRows(
              c,
              paths.map((p) => join(dir, p)),
              of,
            ),
          ),
    stop: () => {
      void opened?.then((i) => i.closeSync());
      opened = undefined;
    },
  };
}

/** The columns of a file, in the order of `readingFrom`. `place` counts rows received within one millisecond. */
export const COLD_COLUMNS = `elevator_no INTEGER, at_ms BIGINT, lag_ms BIGINT, place SMALLINT, seq BIGINT, source_no INTEGER,
  boot INTEGER, flags INTEGER, kind TINYINT, floor SMALLINT, speed_mm_per_s SMALLINT, load_permille SMALLINT,
  car_dc SMALLINT, room_dc SMALLINT, extra VARCHAR`;

async function readRows(
  connection: DuckDBConnection,
  paths: readonly string[],
  { no, fromMs, toMs, limit }: { no: number; fromMs: number; toMs: number; limit: number },
): Promise<Reading[]> {
  const reader = await connection.runAndReadAll(
    `select elevator_no, at_ms, (at_ms + lag_ms) * 1024 + place as pos, seq, source_no, boot, flags, kind, floor,
       speed_mm_per_s, load_permille, car_dc, room_dc, extra
     from read_parquet([${paths.map(quoted).join(', ')}])
     where elevator_no = ${no} and at_ms >= ${fromMs} and at_ms < ${toMs} order by at_ms, pos limit ${limit}`,
  );
  return reader.getRows().map(readingFrom);
}

/** Our own paths: letters, digits, dots, hyphens and slashes; a quote in the data folder's name is doubled. */
export const quoted = (path: string): string => `'${path.replaceAll("'", "''")}'`;

function readingFrom(row: readonly unknown[]): Reading {
  const [elevatorNo, atMs, pos, seq, sourceNo, boot, flags, kind, floor, speed, load, car, room, extra] = row;
  return {
    elevatorNo: whole(elevatorNo),
    atMs: whole(atMs),
    pos: whole(pos),
    seq: wholeOrNull(seq),
    sourceNo: whole(sourceNo),
    boot: whole(boot),
    flags: whole(flags),
    kind: whole(kind),
    floor: wholeOrNull(floor),
    speedMmPerS: wholeOrNull(speed),
    loadPermille: wholeOrNull(load),
    carDc: wholeOrNull(car),
    roomDc: wholeOrNull(room),
    extra: typeof extra === 'string' ? extra : null,
  };
}

const wholeOrNull = (value: unknown): number | null => (value === null ? null : whole(value));
function whole(value: unknown): number {
  invariant(typeof value === 'number' || typeof value === 'bigint', 'a column of history holds whole numbers');
  return Number(value);
}
