import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createGunzip, gzipSync } from 'node:zlib';
import { parse } from 'csv-parse';
import { expect, test } from 'vitest';
import { openDb } from '../../kernel/db.ts';
import { testDb } from '../../test/db.ts';
import { openCold } from './cold.service.ts';
import { readHistory } from './history.service.ts';
import { rowOf } from './history.views.ts';
import type { TelemetryTables } from './tables.ts';
import { city, elevator, kernelFor, openIngestForTest, post, sender } from './telemetry.fixtures.ts';

const file = join(process.env['TIAN_TEST_DATA'] ?? '', 'wmata_unit_status_to_2014-06.csv.gz');

/** One state of one unit of a metro, from its published log: 83,117 of them in thirteen months. */
type Row = { unit: string; fromMs: number; toMs: number | null; symptom: string; category: string };

async function readRows(): Promise<Row[]> {
  const rows: Row[] = [];
  const lines = createReadStream(file)
    .pipe(createGunzip())
    .pipe(parse({ columns: true }));
  for await (const line of lines) {
    rows.push({
      unit: line.unit_id,
      fromMs: Date.parse(line.start_utc),
      toMs: line.end_utc === '' ? null : Date.parse(line.end_utc),
      symptom: line.symptom_description,
      category: line.symptom_category,
    });
  }
  return rows;
}

const isOut = ({ category }: Row): boolean => category !== 'ON';

/** What the figures must be, straight from the file: seconds out of service, and the share of the time observed in service. */
function plainly(rows: readonly Row[]) {
  const units = new Map<string, { outageMs: number; firstMs: number; lastMs: number; outages: number }>();
  for (const row of rows) {
    const unit = units.get(row.unit) ?? { outageMs: 0, firstMs: row.fromMs, lastMs: row.fromMs, outages: 0 };
    const toMs = row.toMs ?? row.fromMs;
    units.set(row.unit, {
      outageMs: unit.outageMs + (isOut(row) ? toMs - row.fromMs : 0),
      firstMs: Math.min(unit.firstMs, row.fromMs),
      lastMs: Math.max(unit.lastMs, toMs),
      outages: unit.outages + (isOut(row) && row.toMs !== null ? 1 : 0),
    });
  }
  return units;
}

/** The adapter: each state as messages of the wire contract, a fault that is added and cleared, or back to normal. */
function messagesOf(rows: readonly Row[], codes: ReadonlyMap<string, string>) {
  const symptoms = [...new Set(rows.map((r) => r.symptom))];
  const timed = rows.flatMap((row, i) => {
    const named = { type: 'rescue_code', value: codes.get(row.unit) ?? '' };
    const at = (ms: number) => new Date(ms).toISOString();
    const fault = {
      elevator: named,
      type: 'fault',
      messageCode: `W${symptoms.indexOf(row.symptom)}`,
      messageId: `row-${i}`,
    };
    const begin = isOut(row) ? { ...fault, phase: 'add' } : { elevator: named, type: 'event', messageCode: '40' };
    const end = isOut(row) ? { ...fault, phase: 'clear' } : { elevator: named, type: 'heartbeat' };
    return [
      { ms: row.fromMs, message: { ...begin, at: at(row.fromMs) } },
      ...(row.toMs === null ? [] : [{ ms: row.toMs, message: { ...end, at: at(row.toMs) } }]),
    ];
  });
  const counts = new Map<string, number>();
  return timed
    .sort((a, b) => a.ms - b.ms)
    .map(({ message }) => {
      const { value } = message.elevator;
      const seq = (counts.get(value) ?? 0) + 1;
      counts.set(value, seq);
      return { ...message, seq };
    });
}

type Shown = ReturnType<typeof rowOf>;

/** The same figures from history as the product shows it: faults paired by the sender's id, on the sender's clock. */
function fromHistory(rows: readonly Shown[]) {
  const open = new Map<string, number>();
  let outageMs = 0;
  let outages = 0;
  for (const { at, notice } of rows) {
    if (notice?.group !== 'fault' || notice.noticeId === null) continue;
    const begunMs = open.get(notice.noticeId);
    if (notice.phase === 'add') open.set(notice.noticeId, Date.parse(at));
    else if (begunMs !== undefined) {
      outageMs += Date.parse(at) - begunMs;
      outages += 1;
    }
  }
  const instants = rows.map(({ at }) => Date.parse(at));
  return { outageMs, outages, firstMs: Math.min(...instants), lastMs: Math.max(...instants) };
}

/** Share of the time observed in which a unit was in service; a unit seen for a moment only has none. */
const availability = ({
  outageMs,
  firstMs,
  lastMs,
}: {
  outageMs: number;
  firstMs: number;
  lastMs: number;
}): number | null => (lastMs === firstMs ? null : 1 - outageMs / (lastMs - firstMs));

test.skipIf(!existsSync(file))(
  'thirteen months of a metro, replayed through the door: outages and availability agree with the file',
  async () => {
    const { pool } = await testDb();
    const { orgId } = await city(pool);
    const rows = await readRows();
    const expected = plainly(rows);
    const cars = new Map<string, Awaited<ReturnType<typeof elevator>>>();
    for (const unit of expected.keys()) cars.set(unit, await elevator(pool, orgId));
    const messages = messagesOf(rows, new Map([...cars].map(([unit, { rescueCode }]) => [unit, rescueCode])));
    const ingest = await openIngestForTest(kernelFor(pool));
    const platform = await sender(pool, orgId);
    const answers = { stored: 0, repeated: 0, setAside: 0 };
    const headers = { 'content-encoding': 'gzip' };
    for (let i = 0; i < messages.length; i += 10_000) {
      const body = gzipSync(JSON.stringify(messages.slice(i, i + 10_000)));
      const answer = (await post(ingest, platform, { body: body, headers })).json();
      for (const key of ['stored', 'repeated', 'setAside'] as const) answers[key] += answer[key];
    }
    // A platform that lost the last answer sends its batch again.
    const again = (await post(ingest, platform, { body: messages.slice(-5_000) })).json();
    await ingest.stop();
    expect(answers).toEqual({ stored: messages.length, repeated: 0, setAside: 0 });
    expect(again.stored).toBe(0);

    const db = openDb<TelemetryTables>(pool);
    const cold = openCold(kernelFor(pool).config.dataDir);
    const window = { from: new Date(Date.UTC(2013, 0, 1)), to: new Date(Date.UTC(2015, 0, 1)), limit: 20_000 };
    for (const [unit, plain] of expected) {
      const history = await readHistory({ db, cold }, cars.get(unit)?.no ?? 0, window);
      const seen = fromHistory(history.rows.map(rowOf));
      expect({ unit, ...seen, available: availability(seen) }).toEqual({
        unit,
        ...plain,
        available: availability(plain),
      });
    }
    expect(rows).toHaveLength(83_117);
  },
  240_000,
);
