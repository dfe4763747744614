import { pino } from 'pino';
import { expect, test } from 'vitest';
import { openDb } from '../../kernel/db.ts';
import { newId } from '../../kernel/ids.ts';
import { keysForTest } from '../../kernel/keys.ts';
import { plainOf } from '../../kernel/packs.ts';
import { programDir } from '../../kernel/program.ts';
import { pass as relay } from '../../kernel/relay.ts';
import { invariant } from '../../kernel/result.ts';
import { scopedOn } from '../../kernel/scope.ts';
import { secretData } from '../../kernel/secret-data.ts';
import { takeCall } from '../../modules/rescue/call.service.ts';
import { command } from '../../modules/rescue/command.service.ts';
import type { RescueDeps } from '../../modules/rescue/deps.ts';
import {
  type Carry,
  carryWaiting,
  handToPeer,
  PEER_SECRET,
  takeMessage,
} from '../../modules/rescue/exchange.service.ts';
import { peopleOn, type RescueTables, rescueModuleOn } from '../../modules/rescue/index.ts';
import { addElevator, addOrg, addRescuer, commandDeps } from '../../modules/rescue/rescue.fixtures.ts';
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

test('two platforms rescue one passenger: the incident goes over, every state comes back, repeats and lost answers do nothing', async () => {
  const [east, west] = [await platform('west'), await platform('east')];
  const [eastCar, westCar] = [
    await addElevator(east.db, { rescueCode: '320901' }),
    await addElevator(west.db, { rescueCode: '320901' }),
  ];
  expect(eastCar).not.toBe(westCar); // each platform has its own file of the same car
  const org = await addOrg(west.db, '示例西区救援站', 'rescue_station');
  const crew = await addRescuer(west.db, { org, label: '西站组', kind: 'public', now: west.deps.now() });
  let lost = 1; // the first acknowledgement of each direction never arrives
  const carryTo =
    (to: typeof east, from: string): Carry =>
    async (_peer, message) => {
      const ack = await takeMessage(to.deps, { peer: from, message });
      if (lost > 0) {
        lost -= 1;
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

  const told = {
    channel: 'phone' as const,
    kind: 'entrapment' as const,
    key: newId(),
    elevatorId: eastCar,
    connectedAt: null,
  };
  const rest = {
    caller: '',
    callBackWanted: false,
    recordingRef: null,
    routedTo: '',
    partnerRef: null,
    said: '',
    needs: { people: 2 },
  };
  const { incidentId } = await takeCall(east.deps, { ...told, ...rest, actor: 'agent' });
  invariant(incidentId, 'the call opened an incident');
  expect(await handToPeer(east.deps, { id: incidentId, peer: 'west', actor: 'agent' })).toBe(true);
  await sync();
  const inWest = await west.db.selectFrom('rescue.incident').selectAll().execute();
  expect(inWest).toHaveLength(1);
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
