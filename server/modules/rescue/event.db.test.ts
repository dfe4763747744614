import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { queue } from '../../../contract/rescue-queue.ts';
import type { Db } from '../../kernel/db.ts';
import { type IncidentId, newId, type OrgId } from '../../kernel/ids.ts';
import { testDb } from '../../test/db.ts';
import { command } from './command.service.ts';
import type { CommandDeps } from './deps.ts';
import { hastenEvents } from './event.service.ts';
import { listIncidents } from './incident-list.views.ts';
import { takeSign } from './intake.service.ts';
import { readQueue } from './queue.views.ts';
import { addElevator, addOrg, addRescuer, call, commandDeps, only, settingsFrom } from './rescue.fixtures.ts';
import type { RescueTables } from './tables.ts';

const settings = settingsFrom(JSON.parse(readFileSync('packs/000000-national/rescue.json', 'utf8')));
const { massFrom } = settings.grouping;

let db: Db<RescueTables>;
let deps: CommandDeps;
let pass: (seconds: number) => void;
let maintainer: OrgId;

beforeAll(async () => {
  ({ db } = await testDb<RescueTables>());
});

beforeEach(async () => {
  ({ deps, pass } = commandDeps(db, settings));
  await sql`truncate rescue.incident, rescue.rescuer, rescue.event_group cascade`.execute(db);
  maintainer = await addOrg(db, '示例维保', 'maintenance_unit');
  await addRescuer(db, { org: maintainer, label: '王组', now: deps.now() });
});

const elevatorsOn = (feeder: string, n: number) =>
  Promise.all(Array.from({ length: n }, () => addElevator(db, { maintenance: maintainer, feeder })));
const take = async (sign: Parameters<typeof takeSign>[2]) => {
  const taken = await db.transaction().execute((tx) => takeSign(tx, deps, sign));
  if (!taken) throw new Error('no file');
  return taken.id;
};
const button = { kind: 'button', confidence: settings.evidence.buttonShare, needs: {} };
const phases = async () =>
  (await db.selectFrom('rescue.incident').select('phase').orderBy('aware_at').execute()).map((r) => r.phase);
const fail = (error: unknown) => {
  throw error;
};
const read = async () => queue.omit({ unplaced: true }).parse(await readQueue(db, { massFrom, now: deps.now() }));

test('buttons pressed before anybody knew that it was many are taken up as soon as it is', async () => {
  const [first, ...rest] = await elevatorsOn(newId(), massFrom);
  for (const elevator of rest) {
    await take(call(elevator, deps.now(), button));
    pass(1);
  }
  expect(await phases()).toEqual(rest.map(() => 'raised'));
  expect(await hastenEvents(deps, fail)).toBe(0); // still no more than several calls at one place
  if (first) await take(call(first, deps.now(), button));
  expect(await phases()).toEqual([...rest.map(() => 'raised'), 'offered']);
  expect(await hastenEvents(deps, fail)).toBe(massFrom - 1);
  expect(await phases()).toEqual(Array.from({ length: massFrom }, () => 'offered'));
  expect(await hastenEvents(deps, fail)).toBe(0);
  const lines = await db.selectFrom('rescue.incident_log').select('what').where('what', '=', 'hasten').execute();
  expect(lines).toHaveLength(massFrom - 1);
});

test('buttons pressed all at once, none of which saw the others, are taken up as well', async () => {
  const elevators = await elevatorsOn(newId(), massFrom);
  await Promise.all(elevators.map((e) => take(call(e, deps.now(), button))));
  await hastenEvents(deps, fail);
  expect(new Set(await phases())).toEqual(new Set(['offered']));
});

test('who waits at another place, or is hardly believed, waits for the agent as before', async () => {
  for (const elevator of await elevatorsOn(newId(), massFrom)) await take(call(elevator, deps.now()));
  const elsewhere = await take(call(only(await elevatorsOn(newId(), 1)), deps.now(), button));
  const feeder = newId();
  for (const elevator of await elevatorsOn(feeder, massFrom)) await take(call(elevator, deps.now()));
  const unsure = await take(call(only(await elevatorsOn(feeder, 1)), deps.now(), { ...button, confidence: 0.1 }));
  expect(await hastenEvents(deps, fail)).toBe(0);
  const rows = await db.selectFrom('rescue.incident').select('phase').where('id', 'in', [elsewhere, unsure]).execute();
  expect(rows.map((r) => r.phase)).toEqual(['raised', 'raised']);
});

test('the desk reads one line for an event of many, with those who need it now beside it', async () => {
  const alone = await take(
    call(only(await elevatorsOn(newId(), 1)), deps.now(), { needs: { people: 1, elders: true } }),
  );
  const many: IncidentId[] = [];
  for (const [i, elevator] of (await elevatorsOn('示例线', massFrom + 2)).entries()) {
    pass(1);
    many.push(await take(call(elevator, deps.now(), { needs: { people: 2, injuries: i === 3, infants: i < 3 } })));
  }
  const [freed] = many;
  if (freed)
    await command(deps, freed, {
      actor: 'test',
      command: { do: 'report_release', crewId: null, people: 2, happenedAt: null },
    });
  const { entries, open, left } = await read();
  expect([open, left]).toEqual([massFrom + 3, 0]);
  expect(entries.map((e) => (e.kind === 'event' ? e.event.feeder : e.item.id))).toEqual(['示例线', alone]);
  const event = only(entries.flatMap((e) => (e.kind === 'event' ? [e.event] : [])));
  expect(event).toMatchObject({
    total: massFrom + 2,
    freed: 1,
    open: massFrom + 2,
    people: (massFrom + 1) * 2,
    stands: { raised: 0, released: 1 },
    needs: { injuries: 1, infants: 2, elders: 0 },
    callingCount: 1,
    estates: [{ name: '示例路 1 号', incidents: massFrom + 2 }],
  });
  const { planned, offered } = event.stands;
  expect(planned + offered).toBe(massFrom + 1);
  expect(only(event.calling)).toMatchObject({ why: 'injury', item: { id: many[3] } });
  expect(event.timer).not.toBeNull();
});

test('an event opens page by page in the order of its urgency, and nobody stands on two pages', async () => {
  for (const [i, elevator] of (await elevatorsOn('示例线', 7)).entries()) {
    pass(1);
    await take(call(elevator, deps.now(), { needs: { people: i } }));
  }
  const [entry] = (await read()).entries;
  const group = entry?.kind === 'event' ? entry.event.id : '';
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await listIncidents(db, { state: 'open', group, limit: 3, ...(after ? { after } : {}) });
    seen.push(...page.items.map((i) => `${i.danger} ${i.id}`));
    after = page.next ?? undefined;
  } while (after);
  expect(seen).toHaveLength(7);
  expect(new Set(seen).size).toBe(7);
  expect(seen.map((s) => Number(s.split(' ')[0]))).toEqual([6, 5, 4, 3, 2, 1, 0]);
});
