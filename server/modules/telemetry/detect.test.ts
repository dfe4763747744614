import { expect, test } from 'vitest';
import { atRest, car, contextOf, message, notice, START, status, thresholds } from './detect.fixtures.ts';
import { NEW_STATE, step } from './detect.rules.ts';
import type { ServiceMode } from './message.ts';
import { packState, unpackState } from './state.rules.ts';

/** A passenger got in at floor 1, the car ran and stands shut: from second 20 on. */
const boarded = (given = {}) =>
  car(given)
    .say(0, atRest)
    .say(5, { doorClosed: false, occupied: true })
    .say(12, { doorClosed: true })
    .say(14, { moving: true, direction: 'up', inDoorZone: false })
    .say(19, { floor: 4 });
const shutLevel = (given = {}) => boarded(given).say(20, { moving: false, direction: 'none', inDoorZone: true });
const shutBetween = (given = {}) => boarded(given).say(20, { moving: false, direction: 'none', inDoorZone: false });
const beat = { kind: 'heartbeat' } as const;

test('平层困人: a person in a shut car that stands level is trapped after the time of the pack, not before', () => {
  const shut = shutLevel().say(80, beat).wait(109);
  expect(shut.opened()).toEqual([]);
  shut.wait(111);
  expect(shut.opened()).toEqual(['entrapment_levelled']);
  const [change] = shut.changes();
  expect(change).toMatchObject({
    change: 'opened',
    finding: {
      confidence: 0.9,
      beganAt: START + 20_000,
      occupied: true,
      reasons: ['telemetry.reason.occupied_level_shut'],
    },
  });
});

test('平层困人 is cleared by level and open door', () => {
  const freed = shutLevel().say(80, beat).wait(120).say(900, { doorClosed: false }).wait(910);
  expect(freed.closed()).toEqual(['entrapment_levelled ended']);
});

test('非平层困人: between floors it takes less time, and the stop itself is found too', () => {
  const stuck = shutBetween().say(60, beat).wait(130);
  expect(stuck.opened()).toEqual(['stopped_outside_door_zone', 'entrapment_not_levelled']);
});

test('a door that opens between floors frees nobody', () => {
  const stuck = shutBetween().say(60, beat).wait(130).say(200, { doorClosed: false }).wait(260);
  expect(stuck.closed()).toEqual([]);
  expect(stuck.say(400, { inDoorZone: true }).wait(410).closed()).toContain('entrapment_not_levelled ended');
});

test('门区外停梯: 30 s are too short, 45 s are enough', () => {
  const empty = car()
    .say(0, atRest)
    .say(5, { moving: true, inDoorZone: false })
    .say(10, { moving: false })
    .say(30, beat);
  expect(empty.wait(54).opened()).toEqual([]);
  expect(empty.wait(56).opened()).toEqual(['stopped_outside_door_zone']);
});

test('运行中开门 is filtered for 30 s, because door switches are often badly set', () => {
  const badSwitch = car().say(0, atRest).say(5, { moving: true, doorClosed: false }).say(30, { doorClosed: true });
  expect(badSwitch.wait(100).opened()).toEqual([]);
  const open = car()
    .say(0, atRest)
    .say(5, { moving: true, inDoorZone: false, doorClosed: false })
    .say(25, beat)
    .wait(40);
  expect(open.opened()).toEqual(['running_with_open_door']);
});

test('开门走梯: it left the floor with the door open and stands between floors', () => {
  const slipped = car()
    .say(0, atRest)
    .say(5, { doorClosed: false })
    .say(8, { inDoorZone: false })
    .say(12, beat)
    .wait(20);
  expect(slipped.opened()).toEqual(['unintended_movement']);
});

test('nobody vanishes from a shut car: a person sensor that drops out changes nothing', () => {
  const quiet = shutLevel();
  for (let s = 40; s < 100; s += 6) quiet.say(s, { occupied: s % 12 === 4 });
  expect(quiet.wait(115).opened()).toEqual(['entrapment_levelled']);
});

test('nobody appears in a shut car: one false sighting is noise, three within a minute are a person', () => {
  const empty = car().say(0, atRest).say(5, { doorClosed: false }).say(10, { doorClosed: true });
  empty.say(60, { occupied: true }).say(61, { occupied: false }).say(70, beat).say(140, beat).wait(400);
  expect(empty.opened()).toEqual([]);
  for (const s of [410, 420, 430]) empty.say(s, { occupied: true }).say(s + 1, { occupied: false });
  expect(empty.say(560, beat).wait(700).opened()).toEqual(['entrapment_levelled']);
});

test('a door contact that flaps neither hides an entrapment nor ends one', () => {
  const flapping = shutLevel();
  for (let s = 30; s < 130; s += 10) flapping.say(s, { doorClosed: false }).say(s + 0.8, { doorClosed: true });
  expect(flapping.opened()).toEqual(['entrapment_levelled']);
  for (let s = 130; s < 200; s += 30) flapping.say(s, { doorClosed: false }).say(s + 0.8, { doorClosed: true });
  expect(flapping.closed()).toEqual([]);
});

const silentModes: readonly ServiceMode[] = ['inspection', 'fire_return', 'firefighter', 'earthquake'];
test.each(silentModes)(
  'in %s mode doors, stops and people mean nothing, and afterwards time starts anew',
  (serviceMode) => {
    const works = shutBetween().say(30, { serviceMode }).say(90, beat).wait(600);
    expect(works.opened()).toEqual([]);
    works.say(610, notice('overspeed')).say(620, { serviceMode: 'normal' }).say(660, beat);
    expect(works.wait(664).opened()).toEqual([]);
    expect(works.wait(700).opened()).toEqual(['stopped_outside_door_zone', 'entrapment_not_levelled']);
  },
);

test('during maintenance everything is quiet but the room temperature', () => {
  const visit = shutBetween({ inMaintenance: true })
    .say(60, notice('user_alarm'))
    .say(61, { mainsPower: false, machineRoomCelsius: 44 })
    .say(500, beat)
    .wait(9_000);
  expect(visit.opened()).toEqual(['machine_room_temperature']);
});

test('an open fault is closed as silenced when inspection begins', () => {
  const empty = car()
    .say(0, atRest)
    .say(5, { moving: true, inDoorZone: false })
    .say(10, { moving: false })
    .say(30, beat);
  empty.wait(60).say(70, { serviceMode: 'inspection' });
  expect(empty.closed()).toEqual(['stopped_outside_door_zone silenced']);
});

test('a known entrapment stays one when the rescuer turns to inspection, until the door is open', () => {
  const rescue = shutBetween().say(60, beat).wait(130).say(600, { serviceMode: 'inspection' }).wait(700);
  expect(rescue.closed()).toEqual(['stopped_outside_door_zone silenced']);
  rescue.say(720, { inDoorZone: true, doorClosed: false }).wait(730);
  expect(rescue.closed().at(-1)).toBe('entrapment_not_levelled ended');
});

test('a vendor alarm opens at once, and the status pattern then makes it surer under the same id', () => {
  const both = shutLevel().say(25, notice('entrapment_levelled')).say(80, beat).wait(120);
  expect(both.changes().map((c) => c.change)).toEqual(['opened', 'strengthened']);
  const [first, second] = both.changes().flatMap((c) => (c.change === 'closed' ? [] : [c.finding]));
  expect(first).toMatchObject({ confidence: 0.85, openedAt: START + 25_000 });
  expect(second).toMatchObject({ id: first?.id, confidence: 0.985 });
});

test('a vendor entrapment while the car runs, or stands open at a floor, is kept but not believed alone', () => {
  expect(boarded().say(19.5, notice('entrapment')).opened()).toEqual([]);
  const open = car()
    .say(0, { ...atRest, doorClosed: false })
    .say(5, notice('entrapment_levelled'))
    .wait(60);
  expect(open.opened()).toEqual([]);
});

test('button and a stop between floors together are enough', () => {
  const pressed = car()
    .say(0, atRest)
    .say(5, { moving: true, inDoorZone: false })
    .say(10, { moving: false })
    .say(20, notice('user_alarm'))
    .say(40, beat)
    .wait(60);
  expect(pressed.opened()).toEqual(['button_alarm', 'stopped_outside_door_zone', 'entrapment_not_levelled']);
});

test('08 of the gateway and 08 of the standard are two findings', () => {
  expect(car().say(0, atRest).say(1, notice('restart_prevented')).opened()).toEqual(['vendor_fault']);
  expect(car().say(0, atRest).say(1, notice('running_with_open_door')).opened()).toEqual(['running_with_open_door']);
});

test('add opens once, clear with the same id closes, 00 closes what is left', () => {
  const box = car()
    .say(0, atRest)
    .say(1, notice('brake_fault', 'add', 'f1'))
    .say(2, notice('brake_fault', 'add', 'f1'));
  expect(box.opened()).toEqual(['vendor_fault']);
  expect(box.say(3, notice('brake_fault', 'clear', 'f2')).closed()).toEqual([]);
  expect(box.say(4, notice('brake_fault', 'clear', 'f1')).closed()).toEqual(['vendor_fault cleared']);
  box.say(5, notice('door_motor_jam')).say(6, notice('no_fault'));
  expect(box.closed()).toEqual(['vendor_fault cleared', 'vendor_fault cleared']);
});

test('a clear that comes late closes its fault, an add that comes late does not open what is over', () => {
  const box = car()
    .say(0, atRest)
    .say(10, notice('brake_fault', 'add', 'f1'), { seq: 10 });
  box.say(14, beat, { seq: 14 }).say(12, notice('brake_fault', 'clear', 'f1'), { seq: 12, lateSeconds: 3 });
  expect(box.closed()).toEqual(['vendor_fault cleared']);
  box.say(11, notice('brake_fault', 'add', 'f1'), { seq: 11, lateSeconds: 5 });
  expect(box.opened()).toEqual(['vendor_fault']);
});

test('an alarm overtaken by a heartbeat is still an alarm; one of long ago is history', () => {
  const box = car().say(0, atRest).say(30, beat, { seq: 30 });
  expect(box.say(29, notice('user_alarm'), { seq: 29, lateSeconds: 2 }).opened()).toEqual(['button_alarm']);
  const other = car().say(0, atRest).say(500, beat, { seq: 30 });
  expect(other.say(100, notice('user_alarm'), { seq: 29, lateSeconds: 401 }).opened()).toEqual([]);
});

test('a late status does not change the present', () => {
  const box = car()
    .say(0, atRest)
    .say(10, { floor: 5 }, { seq: 10 })
    .say(8, { floor: 3, moving: true }, { seq: 9, lateSeconds: 4 });
  expect(box.state()).toMatchObject({ floor: 5, moving: false, seq: 10 });
});

test('a vendor that never clears is overruled by a status that shows the opposite for long', () => {
  const box = car().say(0, atRest).say(1, { inDoorZone: false }).say(2, notice('stopped_outside_door_zone'));
  box.say(10, { inDoorZone: true }).say(60, beat).wait(75);
  expect(box.closed()).toEqual(['stopped_outside_door_zone overruled']);
});

test('offline after one hour of silence, once, and over with any message', () => {
  const box = car().say(0, atRest);
  expect(box.wait(3_599).opened()).toEqual([]);
  expect(box.wait(20_000).opened()).toEqual(['offline']);
  expect(box.say(20_001, beat).closed()).toEqual(['offline heard_again']);
});

test('silence while we ourselves were away is not the elevator’s', () => {
  const { state } = step(
    NEW_STATE,
    { kind: 'message', message: message({ seconds: 0, body: status(atRest) }) },
    contextOf(),
  );
  const back = { ...contextOf(), listeningSince: START + 7_200_000 };
  expect(step(state, { kind: 'tick', at: new Date(START + 7_200_000) }, back)).toMatchObject({
    findings: [],
    wakeAt: new Date(START + 10_800_000),
  });
});

test('a box that fell silent the moment the car stood shut proves no entrapment, but its silence says why to look', () => {
  const cut = shutLevel().wait(600);
  expect(cut.opened()).toEqual([]);
  const [change] = cut.wait(3_700).changes();
  expect(change).toMatchObject({ finding: { kind: 'offline', reasons: ['telemetry.reason.silent_while_occupied'] } });
});

test('missing messages restart the clock: people may have come and gone meanwhile', () => {
  const gap = shutLevel().skip(3).say(100, beat);
  expect(gap.wait(112).opened()).toEqual([]);
  expect(gap.say(150, beat).wait(195).opened()).toEqual(['entrapment_levelled']);
});

test('a sender’s clock ten minutes ahead, or set back, changes no duration', () => {
  const ahead = car();
  const skew = { lateSeconds: -600 };
  ahead
    .say(600, atRest, skew)
    .say(605, { doorClosed: false, occupied: true }, skew)
    .say(612, { doorClosed: true }, skew);
  ahead.say(660, beat, skew);
  expect(ahead.wait(101).opened()).toEqual([]);
  expect(ahead.wait(103).opened()).toEqual(['entrapment_levelled']);

  const back = shutLevel().say(30, { doorClosed: false }).say(40, { occupied: false });
  const set = { lateSeconds: 600 };
  back.say(-550, { occupied: true }, set).say(-545, { doorClosed: true }, set);
  expect(back.wait(62).opened()).toEqual([]);
});

test('a slow sender is waited for before time alone decides', () => {
  const slow = car().say(0, atRest);
  slow
    .say(5, { doorClosed: false, occupied: true }, { lateSeconds: 40 })
    .say(12, { doorClosed: true }, { lateSeconds: 40 });
  slow.say(60, beat, { lateSeconds: 5 }).say(100, { doorClosed: false }, { lateSeconds: 35 });
  expect(slow.wait(300).opened()).toEqual([]);
});

test('overspeed, overruns and temperature are judged against the file and the pack', () => {
  const fast = car()
    .say(0, { ...atRest, moving: true, speedMmPerS: 2_100 })
    .say(1, { speedMmPerS: -2_100 });
  expect(fast.opened()).toEqual(['overspeed']);
  expect(
    car().say(0, { speedMmPerS: 2_100 }).say(1, { speedMmPerS: 1_900 }).say(2, { speedMmPerS: 2_100 }).opened(),
  ).toEqual([]);
  expect(
    car({ ratedSpeedMmPerS: null }).say(0, { speedMmPerS: 9_000 }).say(1, { speedMmPerS: 9_000 }).opened(),
  ).toEqual([]);
  expect(car().say(0, { floor: 19 }).say(1, { floor: 19 }).opened()).toEqual(['overrun_top']);
  expect(car().say(0, { floor: 0 }).say(1, { floor: 0 }).opened()).toEqual(['overrun_bottom']);
  const room = (celsius: number) => car().say(0, { machineRoomCelsius: celsius }).say(500, beat).wait(700).opened();
  expect([room(5), room(40), room(4.9), room(40.1)]).toEqual([
    [],
    [],
    ['machine_room_temperature'],
    ['machine_room_temperature'],
  ]);
});

test('a door that opens eight times without a run is repeated; a run in between starts anew', () => {
  const door = car().say(0, atRest);
  const cycle = (s: number) => door.say(s, { doorClosed: false }).say(s + 5, { doorClosed: true });
  for (let n = 0; n < 7; n += 1) cycle(10 + n * 20);
  door.say(160, { moving: true }).say(170, { moving: false });
  for (let n = 0; n < 7; n += 1) cycle(180 + n * 20);
  expect(door.opened()).toEqual([]);
  cycle(330);
  expect(door.opened()).toEqual(['repeated_door']);
});

test('counters that fall, jump or stand still are anomalies, and over with the next good reading', () => {
  const say = (runs: number) => ({ kind: 'statistics', runs }) as const;
  const counter = car().say(0, say(1_000)).say(86_400, say(900));
  expect(counter.opened()).toContain('statistics_anomaly');
  expect(counter.say(172_800, say(1_100)).wait(172_810).closed()).toContain('statistics_anomaly ended');
  expect(
    counter
      .say(176_400, say(9_000))
      .opened()
      .filter((k) => k === 'statistics_anomaly'),
  ).toHaveLength(2);
});

test('power: a lost mains is a finding per elevator', () => {
  expect(car().say(0, atRest).say(1, { mainsPower: false }).say(8, beat).wait(15).opened()).toEqual(['power_cut']);
});

test('an escalator that turns round while running, and its own codes', () => {
  const escalator = car({ kind: 'escalator' }).say(0, { moving: true, direction: 'up' }).say(5, { direction: 'down' });
  escalator.say(6, notice('escalator_comb_jam'));
  expect(
    escalator.changes().flatMap((c) => (c.change === 'opened' ? [[c.finding.kind, c.finding.detail]] : [])),
  ).toEqual([
    ['escalator_fault', 'escalator_reversal'],
    ['escalator_fault', 'escalator_comb_jam'],
  ]);
  expect(
    car({ kind: 'escalator' })
      .say(0, { moving: false, inDoorZone: false, occupied: true })
      .say(60, beat)
      .wait(500)
      .opened(),
  ).toEqual([]);
});

test('the state is plain data: it survives JSON unchanged', () => {
  const stuck = shutBetween().say(25, notice('user_alarm')).say(60, beat).wait(130);
  expect(JSON.parse(JSON.stringify(stuck.state()))).toEqual(stuck.state());
  expect(JSON.parse(JSON.stringify(NEW_STATE))).toEqual(NEW_STATE);
  const stored = JSON.stringify(packState(stuck.state()));
  expect(unpackState(JSON.parse(stored))).toEqual(stuck.state());
  expect(unpackState({})).toEqual(NEW_STATE);
  expect(thresholds.confidence.offerAtOnce).toBe(0.9);
});
