import { pino } from 'pino';
import { expect, test } from 'vitest';
import { openDb } from '../../kernel/db.ts';
import { type AccountId, type IncidentId, newId } from '../../kernel/ids.ts';
import { keysForTest } from '../../kernel/keys.ts';
import { plainOf } from '../../kernel/packs.ts';
import { programDir } from '../../kernel/program.ts';
import { pass as relay } from '../../kernel/relay.ts';
import { invariant } from '../../kernel/result.ts';
import { EVERYTHING, scopedOn, type Viewer } from '../../kernel/scope.ts';
import { secretData } from '../../kernel/secret-data.ts';
import { takeCall } from '../../modules/rescue/call.service.ts';
import { command } from '../../modules/rescue/command.service.ts';
import type { RescueDeps } from '../../modules/rescue/deps.ts';
import { handToPeer, PEER_SECRET, takeMessage } from '../../modules/rescue/exchange.service.ts';
import { type Carry, carryWaiting } from '../../modules/rescue/exchange-carry.service.ts';
import { showIncident } from '../../modules/rescue/incident.views.ts';
import { peopleOn, type RescueTables, rescueModuleOn } from '../../modules/rescue/index.ts';
import { addElevator, addOrg, addRescuer, commandDeps } from '../../modules/rescue/rescue.fixtures.ts';
import { placeCall } from '../../modules/rescue/unplaced.service.ts';
import { unplacedCalls } from '../../modules/rescue/unplaced.views.ts';
import { loadCityPack } from '../../packs.ts';
import { testDb } from '../db.ts';

const log = pino({ level: 'silent' });

/** A whole 96333 platform with a database of its own, and one peer. */
async function platform(peer: string) {
  const { db, pool } = await testDb<RescueTables>();
  const pack = await loadCityPack({ city: '320200', programDir, extraDir: null });
  invariant(pack.ok, 'the pack of the default city is valid');
  const { deps, pass } = commandDeps(db, plainOf(pack.value.files.rescue));
  const voice = { name: 'test', start: async () => ({ ok: true, reason: '' }), end: async () => undefined };
  const keys = keysForTest();
  const own: RescueDeps = {
    ...deps,
    scoped: scopedOn(db),
    keys,
    secret: secretData(keys, 'aes'),
    areaNames: new Map(),
    log,
    voice,
    people: peopleOn(openDb(pool), secretData(keys, 'aes'), deps),
    ways: (from) => from.map(() => null),
  };
  const module = rescueModuleOn(own);
  const secret = own.secret.seal(PEER_SECRET, 'shown at the peer');
  await db
    .insertInto('rescue.peer')
    .values({ name: peer, url: 'https://peer.invalid/', secret, active: true })
    .execute();
  const settle = async () => {
    for (let n = 0; n < 4; n += 1)
      await relay({ db: openDb(pool), pool, log, modules: [module], heard: () => undefined });
  };
  return { db, deps: own, pass, settle };
}

type Platform = Awaited<ReturnType<typeof platform>>;

/** Two platforms, the line between them, and the crew that the west has. The line breaks under so many answers. */
async function pair(lost = 0) {
  const [east, west] = [await platform('west'), await platform('east')];
  const org = await addOrg(west.db, '示例西区救援站', 'rescue_station');
  const crew = await addRescuer(west.db, { org, label: '西站组', kind: 'public', now: west.deps.now() });
  let left = lost;
  const carryTo =
    (to: Platform, from: string): Carry =>
    async (_peer, message) => {
      const ack = await takeMessage(to.deps, { peer: from, message });
      if (left > 0) {
        left -= 1;
        throw new Error('the line broke');
      }
      return ack;
    };
  const sync = async () => {
    for (let n = 0; n < 4; n += 1) {
      for (const p of [east, west]) await p.settle();
      await carryWaiting(east.deps, carryTo(west, 'east'));
      await carryWaiting(west.deps, carryTo(east, 'west'));
      for (const p of [east, west]) p.pass(10);
    }
  };
  return { east, west, crew, sync };
}

test('two platforms rescue one passenger: the incident goes over, every state comes back, repeats and lost answers do nothing', async () => {
  const { east, west, crew, sync } = await pair(1); // the first acknowledgement never arrives
  const [eastCar, westCar] = [
    await addElevator(east.db, { rescueCode: '320901' }),
    await addElevator(west.db, { rescueCode: '320901' }),
  ];
  expect(eastCar).not.toBe(westCar); // each platform has its own file of the same car
  const needs = { people: 2, elders: true };
  const { incidentId } = await takeCall(east.deps, { ...QUIET, key: newId(), elevatorId: eastCar, needs });
  invariant(incidentId, 'the call opened an incident');
  expect(await handToPeer(east.deps, { id: incidentId, peer: 'west', actor: 'agent' })).toBe(true);
  await sync();
  const inWest = await west.db.selectFrom('rescue.incident').selectAll().execute();
  expect(inWest).toMatchObject([{ needs: { people: 2, elders: true } }]); // who is inside goes over with him
  const westId = inWest[0]?.id;
  invariant(westId, 'it arrived in the west');

  const act = { crewId: crew, offerId: newId(), happenedAt: null };
  await command(west.deps, westId, { command: { do: 'report_accept', ...act }, actor: 'crew' });
  await sync();
  await command(west.deps, westId, { command: { do: 'report_arrival', ...act }, actor: 'crew' });
  await sync();
  await command(west.deps, westId, {
    command: { do: 'report_release', crewId: crew, people: 2, happenedAt: null },
    actor: 'crew',
  });
  await sync();

  const home = await east.db
    .selectFrom('rescue.incident')
    .selectAll()
    .where('id', '=', incidentId)
    .executeTakeFirstOrThrow();
  expect(home).toMatchObject({ phase: 'released', people: 2 });
  const lines = await east.db
    .selectFrom('rescue.incident_log')
    .select(['what', 'actor'])
    .where('incident_id', '=', incidentId)
    .execute();
  const fromWest = lines.filter((l) => l.actor === 'peer:west').map((l) => l.what);
  expect(fromWest).toEqual(['report_accept', 'report_arrival', 'report_release']);
  for (const p of [east, west]) {
    const waiting = await p.db
      .selectFrom('rescue.exchange')
      .select('id')
      .where('state', '!=', 'acknowledged')
      .execute();
    expect(waiting).toEqual([]);
  }
});

const QUIET = {
  channel: 'phone',
  kind: 'entrapment',
  connectedAt: null,
  caller: '',
  callBackWanted: false,
  recordingRef: null,
  routedTo: '',
  partnerRef: null,
  said: '',
  needs: {},
  actor: 'agent',
} as const;

/** A call in the east for a car that the west does not know by its code, handed to the west. */
async function askForUnknown({ east, sync }: Pick<Awaited<ReturnType<typeof pair>>, 'east' | 'sync'>) {
  const elevatorId = await addElevator(east.db, { rescueCode: '320902' });
  const needs = { people: 3, injuries: true };
  const { incidentId } = await takeCall(east.deps, { ...QUIET, key: newId(), elevatorId, needs });
  invariant(incidentId, 'the call opened an incident');
  await handToPeer(east.deps, { id: incidentId, peer: 'west', actor: 'agent' });
  await sync();
  return incidentId;
}

const desk = (): Viewer => ({
  accountId: newId() as AccountId,
  personId: null,
  orgId: null,
  role: 'agent',
  displayName: 'agent',
  scope: EVERYTHING,
  grants: [],
});

test('a car that the other platform does not know by its code waits at its desk with the code, and once it is placed every state comes back', async () => {
  const { east, west, crew, sync } = await pair();
  const incidentId = await askForUnknown({ east, sync });
  const [waiting] = await unplacedCalls(west.db, west.deps.secret);
  expect(waiting).toMatchObject({
    channel: 'exchange',
    said: '320902 示例路 1 号',
    needs: { people: 3, injuries: true },
  });
  expect(await west.db.selectFrom('rescue.incident').select('id').execute()).toEqual([]);

  const westCar = await addElevator(west.db);
  const placed = await placeCall(west.deps, desk(), { id: waiting?.id ?? '', elevatorId: westCar });
  invariant(placed.ok && placed.value.incidentId, 'the desk placed it');
  await sync();
  const act = { crewId: crew, offerId: newId(), happenedAt: null };
  await command(west.deps, placed.value.incidentId, { command: { do: 'report_accept', ...act }, actor: 'crew' });
  await command(west.deps, placed.value.incidentId, {
    command: { do: 'report_release', crewId: crew, people: 3, happenedAt: null },
    actor: 'crew',
  });
  await sync();
  const home = await east.db
    .selectFrom('rescue.incident')
    .select(['phase', 'people'])
    .where('id', '=', incidentId)
    .executeTakeFirstOrThrow();
  expect(home).toEqual({ phase: 'released', people: 3 });
});

test('a later message that names the elevator places the call by itself, and joins what is under way there with its state', async () => {
  const { east, west, crew, sync } = await pair();
  const incidentId = await askForUnknown({ east, sync });
  const westCar = await addElevator(west.db, { rescueCode: '320903' });
  const own = await takeMessage(west.deps, { peer: 'north', message: incidentMessage('n1', 'N-1', '320903') });
  const westIncident = await west.db.selectFrom('rescue.incident').selectAll().executeTakeFirstOrThrow();
  expect([own.ref, westIncident.elevator_id]).toEqual([westIncident.number, westCar]);
  await command(west.deps, westIncident.id, {
    command: { do: 'report_accept', crewId: crew, offerId: newId(), happenedAt: null },
    actor: 'crew',
  });
  const { number } = await east.db
    .selectFrom('rescue.incident')
    .select('number')
    .where('id', '=', incidentId)
    .executeTakeFirstOrThrow();
  const ack = await takeMessage(west.deps, { peer: 'east', message: incidentMessage('e2', number, '320903') });
  expect(ack.ref).toBe(westIncident.number);
  expect(await unplacedCalls(west.db, west.deps.secret)).toEqual([]);
  await sync(); // nothing changed in the west since: that somebody is on his way is told all the same
  const home = await east.db
    .selectFrom('rescue.incident')
    .select('phase')
    .where('id', '=', incidentId)
    .executeTakeFirstOrThrow();
  expect(home.phase).toBe('under_way');
});

const incidentMessage = (
  messageId: string,
  ref: string,
  code: string,
): Parameters<typeof takeMessage>[1]['message'] => ({
  messageId,
  sentAt: '2026-11-20T13:00:05Z',
  body: { what: 'incident', ref, code, reportedAt: '2026-11-20T13:00:00Z', said: '', needs: {} },
});

test('a platform that was not asked ends nobody’s rescue, and a report that comes twice at once counts once', async () => {
  const { east, sync } = await pair();
  const incidentId = await askForUnknown({ east, sync });
  const { number } = await east.db
    .selectFrom('rescue.incident')
    .select('number')
    .where('id', '=', incidentId)
    .executeTakeFirstOrThrow();
  const state = (messageId: string, phase: 'under_way' | 'released') => ({
    messageId,
    sentAt: '2026-11-20T13:00:05Z',
    body: {
      what: 'state',
      ref: 'W-1',
      peerRef: number,
      phase,
      level: 1,
      at: '2026-11-20T13:00:05Z',
      crew: '',
      people: 3,
    } as const,
  });
  const phase = async () =>
    (await east.db.selectFrom('rescue.incident').select('phase').where('id', '=', incidentId).executeTakeFirstOrThrow())
      .phase;
  const before = await phase();
  expect(await takeMessage(east.deps, { peer: 'south', message: state('s1', 'released') })).toMatchObject({
    ref: null,
  });
  expect(await phase()).toBe(before);
  const twice = [1, 2].map(() => takeMessage(east.deps, { peer: 'west', message: state('w9', 'under_way') }));
  expect((await Promise.all(twice)).map(({ ref }) => ref)).toEqual([number, number]);
  const lines = await east.db
    .selectFrom('rescue.incident_log')
    .select('what')
    .where('incident_id', '=', incidentId)
    .where('actor', '=', 'peer:west')
    .execute();
  expect(lines).toEqual([{ what: 'report_accept' }]);
});

test('a platform that is away keeps another’s messages waiting for one try only', async () => {
  const { east, sync } = await pair();
  await askForUnknown({ east, sync });
  await east.db
    .insertInto('rescue.peer')
    .values({
      name: 'away',
      url: 'https://away.invalid/',
      secret: east.deps.secret.seal(PEER_SECRET, 's'),
      active: true,
    })
    .execute();
  const cars = await Promise.all(
    ['320911', '320912', '320913'].map((rescueCode) => addElevator(east.db, { rescueCode })),
  );
  for (const elevatorId of cars) {
    const { incidentId } = await takeCall(east.deps, { ...QUIET, key: newId(), elevatorId });
    invariant(incidentId, 'the call opened an incident');
    for (const peer of ['away', 'west']) await handToPeer(east.deps, { id: incidentId, peer, actor: 'agent' });
  }
  const tried: string[] = [];
  const carried = await carryWaiting(east.deps, async (peer, { messageId }) => {
    tried.push(peer.name);
    if (peer.name === 'away') throw new Error('no answer');
    return { messageId, repeated: false, ref: null };
  });
  expect(carried).toBe(3);
  expect(tried.toSorted()).toEqual(['away', 'west', 'west', 'west']);
});

test('a platform that is away for hours still hears of who is trapped, the desk sees that it has not; nobody is sent to an empty car', async () => {
  const { east } = await pair();
  const opened = async (rescueCode: string) => {
    const elevatorId = await addElevator(east.db, { rescueCode });
    const { incidentId } = await takeCall(east.deps, { ...QUIET, key: newId(), elevatorId });
    invariant(incidentId, 'the call opened an incident');
    await handToPeer(east.deps, { id: incidentId, peer: 'west', actor: 'agent' });
    return incidentId;
  };
  const [trapped, out] = [await opened('320921'), await opened('320922')];
  const away: Carry = async () => {
    throw new Error('no answer');
  };
  for (let n = 0; n < 100; n += 1) {
    await carryWaiting(east.deps, away);
    east.pass(600);
  }
  const toldOf = async (id: IncidentId) => {
    const settings = { settings: east.deps.settings, now: east.deps.now() };
    return (await showIncident(east.db, id, settings))?.peers.filter((p) => p.what === 'asked_there');
  };
  const tries = (await toldOf(trapped))?.[0]?.attempts ?? 0;
  expect(tries).toBeGreaterThan(40);
  expect(await toldOf(trapped)).toMatchObject([{ peer: 'west', state: 'waiting' }]);

  const released = { do: 'report_release' as const, crewId: null, people: 1, happenedAt: null };
  await command(east.deps, out, { command: released, actor: 'agent' });
  const arrived: string[] = [];
  await carryWaiting(east.deps, async (_peer, { messageId }) => {
    arrived.push(messageId);
    return { messageId, repeated: false, ref: null };
  });
  expect(arrived).toContain(`${trapped}:incident`);
  expect(arrived).not.toContain(`${out}:incident`);
  expect(await toldOf(trapped)).toMatchObject([{ state: 'acknowledged' }]);
  expect(await toldOf(out)).toMatchObject([{ state: 'needless' }]);
});
