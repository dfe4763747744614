import { Kysely, PostgresDialect, type QueryExecutorProvider, type RawBuilder, sql, type Transaction } from 'kysely';
import pg from 'pg';

/** A place to read: the pool, or an open transaction. Narrowed to one module's tables. */
export type Db<Tables> = Kysely<Tables>;

/** Proof that a transaction is open. Every function that writes asks for one. */
export type Tx<Tables> = Transaction<Tables>;

/** Proof that some transaction is open, whosever tables it sees. */
export type AnyTx = QueryExecutorProvider & { readonly isTransaction: true };

/** Any place to run plain SQL, whosever tables it sees. */
export type AnyDb = QueryExecutorProvider;

// Dates as calendar text (a `Date` would drag a zone along), bigint as number: our counts stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
// Nearly every row carries its areas and its organisations, and what pg reads arrays with goes letter by letter: lists of codes
// and ids hold nothing that must be.
const [TEXTS, IDS] = [1009, 2951];
for (const type of [TEXTS, IDS]) pg.types.setTypeParser(type, listReader(pg.types.getTypeParser(type)));

/** Open a pool. Nothing connects before the first query. */
export function openPool(url: string, max = 10): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: 5_000, application_name: 'tian' });
  // An idle connection that the database closes must not end the process: the next query opens a new one.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined)); // nor one in use: its query fails and says so
  return pool;
}

/** The whole database behind a pool; modules narrow it to their own tables. */
export const openDb = <Tables>(pool: pg.Pool): Db<Tables> =>
  new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });

/** Where rows go, and what follows them in the statement, e.g. what happens on a conflict. */
type Target = { table: string; rest: RawBuilder<{ id: string }> };

/**
 * Insert many rows by one statement of one parameter: a statement with a parameter for every value of a thousand rows takes
 * longer to read than to do. All rows have the columns of the first; jsonb is given as it is, not as text. Answers the ids that
 * the statement returns.
 */
export async function insertMany(
  tx: AnyTx,
  target: string | Target,
  rows: readonly object[],
): Promise<ReadonlySet<string>> {
  const [first] = rows;
  if (!first) return new Set();
  const { table, rest } = typeof target === 'string' ? { table: target, rest: sql`` } : target;
  const columns = sql.join(Object.keys(first).map((name) => sql.ref(name)));
  const into = sql.table(table);
  const done = await sql<{ id: string }>`insert into ${into} (${columns})
    select ${columns} from json_populate_recordset(null::${into}, ${jsonOf(rows)}::json) ${rest}`.execute(tx);
  return new Set(done.rows.map((row) => row.id));
}

/** Half of a character, which a text may end in that was cut, stands in JSON as a sign of its own; the database knows none such. */
function jsonOf(value: unknown): string {
  const text = JSON.stringify(value);
  const isWhole = !/\\ud[89a-f]/i.test(text);
  return isWhole ? text : JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? whole(part) : part));
}

const whole = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

/** Read a one-dimensional array of plain items at once, anything else as `thoroughly` does. */
export function listReader(thoroughly: (text: string) => unknown): (text: string) => unknown {
  return (text) => {
    if (text === '{}') return [];
    const isPlain = text.startsWith('{') && !/["\\]|NULL/.test(text) && text.lastIndexOf('{') === 0;
    return isPlain ? text.slice(1, -1).split(',') : thoroughly(text);
  };
}
