import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testDb } from '../test/db.ts';
import { isInstantKey, pageOf, readPlace } from './page.ts';

const { pool } = await testDb();

/** Every instant that a list is turned by, and the file that turns it. */
const TURNED_BY: Readonly<Record<string, readonly string[]>> = {
  'insurance/claim/claim-money.views.ts': ['insurance.claim_payment.proposed_at'],
  'insurance/claim/claim.views.ts': ['insurance.claim.due_at'],
  'insurance/money/bank.routes.ts': ['insurance.entry.at'], // what is owed, since the first entry of it
  'insurance/money/bank.views.ts': ['insurance.bank_line.at'],
  'insurance/money/match.routes.ts': ['insurance.bank_line.at'],
  'insurance/money/reconcile.views.ts': ['insurance.entry.at'],
  'insurance/pension/pension.views.ts': ['insurance.pension.made_at', 'insurance.pension_cost.written_at'],
  'insurance/policy/quote.views.ts': ['insurance.quote.asked_at'],
  'insurance/product/admission.views.ts': ['insurance.admission.asked_at'],
  'insurance/product/evidence.views.ts': [], // recorded_at, cut to whole milliseconds where it is asked
  'prevention/visit.views.ts': ['prevention.visit.ended_at'],
  'rescue/call.views.ts': ['rescue.call.at'],
  'rescue/drill.views.ts': ['rescue.drill.started_at'],
  'rescue/incident-list.views.ts': ['rescue.incident.aware_at'],
  'rescue/rescuer.views.ts': ['rescue.duty.from_at'],
  'rescue/volunteer.views.ts': ['rescue.volunteer_force.applied_at'],
  'telemetry/finding.views.ts': [], // opened_at is a message's or a tick's instant: the program's clock, whole milliseconds
};

const MODULES = new URL('../modules/', import.meta.url);
const filesThatTurnInstants = readdirSync(MODULES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .filter((file) => /readPlace\(.*isInstantKey|isInstantKey\(key/.test(readFileSync(new URL(file, MODULES), 'utf8')));

test('every list that is turned by an instant is known here', () => {
  expect(filesThatTurnInstants.filter((file) => !(file in TURNED_BY))).toEqual([]);
});

test.each(Object.values(TURNED_BY).flat())('%s holds whole milliseconds, as a cursor names them', async (column) => {
  const [schema, table, name] = column.split('.');
  const { rows } = await pool.query<{ precision: number }>(
    `select datetime_precision as precision from information_schema.columns
     where table_schema = $1 and table_name = $2 and column_name = $3`,
    [schema, table, name],
  );
  expect(rows).toEqual([{ precision: 3 }]);
});

test('rows that come within one millisecond stand on exactly one page each, whatever the size of a page', async () => {
  await pool.query('create table probe (id uuid primary key, at timestamptz(3) not null)');
  const start = Date.UTC(2026, 10, 21) * 1000;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 4_000 }), { minLength: 1, maxLength: 40 }), // microseconds after the start
      fc.integer({ min: 1, max: 7 }),
      async (microseconds, limit) => {
        const ids = microseconds.map(() => randomUUID());
        await pool.query('truncate probe');
        await pool.query(
          `insert into probe select id, timestamptz 'epoch' + make_interval(secs => us / 1e6)
           from unnest($1::uuid[], $2::float8[]) as given(id, us)`,
          [ids, microseconds.map((us) => start + us)],
        );
        const seen: string[] = [];
        for (let after: string | undefined; ; ) {
          const place = readPlace(after, isInstantKey);
          const { rows } = await pool.query<{ id: string; at: Date }>(
            `select id, at from probe where $1::timestamptz is null or (at, id) < ($1::timestamptz, $2::uuid)
             order by at desc, id desc limit $3`,
            [place?.key ?? null, place?.id ?? null, limit + 1],
          );
          const page = pageOf(rows, limit, {
            place: ({ at, id }) => ({ key: at.toISOString(), id }),
            item: ({ id }) => id,
          });
          seen.push(...page.items);
          if (page.next === null) break;
          after = page.next;
        }
        expect(seen.toSorted()).toEqual(ids.toSorted());
      },
    ),
    { numRuns: 40 },
  );
});
