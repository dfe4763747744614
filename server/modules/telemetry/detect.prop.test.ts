import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atRest, contextOf, message, notice, START, status } from './detect.fixtures.ts';
import { type Context, type DetectorState, NEW_STATE, step } from './detect.rules.ts';
import { type FindingChange, isEntrapment } from './finding.rules.ts';
import type { Body, Message, NoticeCode, Status } from './message.ts';
import { packState, unpackState } from './state.rules.ts';

const codes: readonly NoticeCode[] = [
  'no_fault',
  'entrapment',
  'entrapment_levelled',
  'user_alarm',
  'brake_fault',
  'stopped_outside_door_zone',
  'power_cut',
  'inspection_mode',
  'back_to_normal',
];
const anyStatus: fc.Arbitrary<Body> = fc
  .record(
    {
      serviceMode: fc.constantFrom('normal' as const, 'normal' as const, 'inspection' as const, 'fire_return' as const),
      moving: fc.boolean(),
      direction: fc.constantFrom('none' as const, 'up' as const, 'down' as const),
      inDoorZone: fc.boolean(),
      floor: fc.integer({ min: 0, max: 19 }),
      doorClosed: fc.boolean(),
      occupied: fc.boolean(),
      speedMmPerS: fc.integer({ min: -2_200, max: 2_200 }),
      mainsPower: fc.boolean(),
      safetyCircuitClosed: fc.boolean(),
      machineRoomCelsius: fc.integer({ min: 0, max: 45 }),
    },
    { requiredKeys: [] },
  )
  .map((given): Status => status(given));
const anyNotice: fc.Arbitrary<Body> = fc
  .tuple(fc.constantFrom(...codes), fc.constantFrom('add' as const, 'clear' as const), fc.constantFrom(null, 'a', 'b'))
  .map(([code, phase, id]) => notice(code, phase, id));
const anyBody = fc.oneof(
  { weight: 6, arbitrary: anyStatus },
  { weight: 3, arbitrary: anyNotice },
  { weight: 2, arbitrary: fc.constant<Body>({ kind: 'heartbeat' }) },
  { weight: 1, arbitrary: fc.nat(2_000).map((runs): Body => ({ kind: 'statistics', runs })) },
);

/** A sender's story in the order of arrival: gaps, delays that let later messages overtake, and repeats. */
const anyStory: fc.Arbitrary<readonly Message[]> = fc
  .array(
    fc.record({
      body: anyBody,
      afterSeconds: fc.oneof(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 200 })),
      lost: fc.nat(12).map((n) => n === 0),
      lateSeconds: fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: 0, max: 90 })),
      twice: fc.nat(8).map((n) => n === 0),
    }),
    { maxLength: 60 },
  )
  .map((parts) => {
    let seconds = 0;
    const sent = parts.flatMap(({ body, afterSeconds, lost, lateSeconds, twice }, i) => {
      seconds += afterSeconds;
      if (lost) return [];
      const one = message({ seconds, body, seq: i + 1, lateSeconds });
      return twice ? [one, one] : [one];
    });
    return sent.sort((a, b) => a.receivedMs - b.receivedMs);
  });

type Run = { state: DetectorState; changes: readonly FindingChange[]; wakeAt: Date | null };

/** Feed a story, with ticks as the timer wheel sends them, until some time after its end. */
function feed(story: readonly Message[], context: Context, from: DetectorState = NEW_STATE): Run {
  let run: Run = { state: from, changes: [], wakeAt: null };
  const take = (next: ReturnType<typeof step>) => {
    run = { state: next.state, changes: [...run.changes, ...next.findings], wakeAt: next.wakeAt };
  };
  const tickUntil = (ms: number) => {
    for (let n = 0; run.wakeAt !== null && run.wakeAt.getTime() <= ms; n += 1) {
      expect(n).toBeLessThan(200); // a wheel that never comes to rest
      take(step(run.state, { kind: 'tick', at: run.wakeAt }, context));
    }
  };
  for (const heard of story) {
    tickUntil(heard.receivedMs - 1);
    take(step(run.state, { kind: 'message', message: heard }, context));
  }
  tickUntil((story.at(-1)?.receivedMs ?? START) + AFTERWARDS_MS);
  return run;
}

const AFTERWARDS_MS = 3_000_000;

/** Let the wheel run on after the last message. */
function tickOn(from: Run, lastMs: number): Run {
  let run: Run = { ...from, changes: [] };
  while (run.wakeAt !== null && run.wakeAt.getTime() <= lastMs + AFTERWARDS_MS) {
    const next = step(run.state, { kind: 'tick', at: run.wakeAt }, contextOf());
    run = { state: next.state, changes: [...run.changes, ...next.findings], wakeAt: next.wakeAt };
  }
  return run;
}

const opened = (changes: readonly FindingChange[]) =>
  changes.flatMap((c) => (c.change === 'opened' ? [c.finding.id] : []));
const closed = (changes: readonly FindingChange[]) => changes.flatMap((c) => (c.change === 'closed' ? [c.id] : []));

test('nothing opens twice or closes twice, in whatever order, with repeats, delays and losses', () => {
  fc.assert(
    fc.property(anyStory, (story) => {
      const { changes, state } = feed(story, contextOf());
      expect(new Set(opened(changes)).size).toBe(opened(changes).length);
      expect(new Set(closed(changes)).size).toBe(closed(changes).length);
      const stillOpen = opened(changes).filter((id) => !closed(changes).includes(id));
      expect(state.open.map((o) => o.id).sort()).toEqual([...stillOpen].sort());
    }),
    { numRuns: 150 },
  );
});

test('at most one entrapment is open at a time', () => {
  fc.assert(
    fc.property(anyStory, (story) => {
      const open = new Set<string>();
      for (const change of feed(story, contextOf()).changes) {
        if (change.change === 'closed') open.delete(change.id);
        else if (isEntrapment(change.finding.kind)) open.add(change.finding.id);
        expect(open.size).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('stopping anywhere and going on from the stored state gives the same findings and the same state', () => {
  fc.assert(
    fc.property(anyStory, fc.nat(60), (story, cut) => {
      const whole = feedOnly(story, NEW_STATE);
      const first = feedOnly(story.slice(0, cut), NEW_STATE);
      const stored = unpackState(JSON.parse(JSON.stringify(packState(first.state))));
      const second = feedOnly(story.slice(cut), stored);
      expect([...first.changes, ...second.changes]).toEqual(whole.changes);
      expect(second.state).toEqual(whole.state);
    }),
  );
});

test('replaying the messages of a punctual sender without the ticks between finds the same, under the same ids', () => {
  fc.assert(
    fc.property(anyStory, (story) => {
      const punctual = story.filter((m, i) => m.receivedMs === m.deviceMs && story[i - 1] !== m);
      const live = feed(punctual, contextOf());
      const replayed = feedOnly(punctual, NEW_STATE);
      const after = tickOn(replayed, punctual.at(-1)?.receivedMs ?? START);
      expect(new Set(opened([...replayed.changes, ...after.changes]))).toEqual(new Set(opened(live.changes)));
    }),
  );
});

test('in a silent mode only what is true of the building and the people may open', () => {
  const allowed = new Set(['offline', 'machine_room_temperature', 'statistics_anomaly', 'power_cut', 'button_alarm']);
  fc.assert(
    fc.property(anyStory, (story) => {
      const calm = story
        .filter(({ body }) => body.kind !== 'notice' || !['inspection_mode', 'back_to_normal'].includes(body.code))
        .map((m) =>
          m.body.kind === 'status' ? { ...m, body: { ...m.body, serviceMode: 'fire_return' as const } } : m,
        );
      const silent = { ...NEW_STATE, mode: 'fire_return' as const };
      const kinds = feed(calm, contextOf(), silent).changes.flatMap((c) =>
        c.change === 'opened' ? [c.finding.kind] : [],
      );
      expect(kinds.filter((kind) => !allowed.has(kind))).toEqual([]);
    }),
  );
});

test('a door that stands open at a floor ends every entrapment, whatever came before', () => {
  fc.assert(
    fc.property(anyStory, (story) => {
      const before = feed(story, contextOf());
      const at = ((story.at(-1)?.receivedMs ?? START) - START) / 1000 + 3_100;
      const open = { ...atRest, doorClosed: false, occupied: false };
      const said = [0, 5, 400].map((s, i) => message({ seconds: at + s, body: status(open), seq: 1_000 + i }));
      expect(feed(said, contextOf(), before.state).state.open.filter((o) => isEntrapment(o.kind))).toEqual([]);
    }),
  );
});

test('a tick before its time, or a second one, changes nothing', () => {
  fc.assert(
    fc.property(anyStory, fc.nat(600_000), (story, ms) => {
      const { state, wakeAt } = feedOnly(story, NEW_STATE);
      fc.pre(wakeAt !== null);
      const last = story.at(-1)?.receivedMs ?? START;
      const early = Math.min((wakeAt?.getTime() ?? 0) - 1, last + ms);
      fc.pre(early >= last);
      expect(step(state, { kind: 'tick', at: new Date(early) }, contextOf()).findings).toEqual([]);
      const first = step(state, { kind: 'tick', at: wakeAt ?? new Date(last) }, contextOf());
      expect(step(first.state, { kind: 'tick', at: wakeAt ?? new Date(last) }, contextOf()).findings).toEqual([]);
    }),
  );
});

/** Messages alone, no ticks. */
function feedOnly(story: readonly Message[], from: DetectorState): Run {
  let run: Run = { state: from, changes: [], wakeAt: null };
  for (const heard of story) {
    const next = step(run.state, { kind: 'message', message: heard }, contextOf());
    run = { state: next.state, changes: [...run.changes, ...next.findings], wakeAt: next.wakeAt };
  }
  return run;
}
