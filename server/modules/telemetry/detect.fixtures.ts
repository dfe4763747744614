import { readFileSync } from 'node:fs';
import { plainOf } from '../../kernel/packs.ts';
import { type Context, type DetectorState, type ElevatorFacts, NEW_STATE, type Step, step } from './detect.rules.ts';
import type { FindingChange } from './finding.rules.ts';
import type { Body, Message, NoticeCode, Status } from './message.ts';
import { telemetryPack } from './pack.ts';

const pack: unknown = JSON.parse(
  readFileSync(new URL('../../../packs/000000-national/telemetry.json', import.meta.url), 'utf8'),
);

/** The thresholds where a city has set none. */
export const thresholds = plainOf(telemetryPack.parse(pack));

export const START = Date.parse('2026-09-01T00:00:00Z');

export const facts = (given: Partial<ElevatorFacts> = {}): ElevatorFacts => ({
  elevatorNo: 7,
  kind: 'lift',
  ratedSpeedMmPerS: 1_750,
  bottomFloor: 1,
  topFloor: 18,
  inMaintenance: false,
  ...given,
});

export const contextOf = (given: Partial<ElevatorFacts> = {}): Context => ({
  facts: facts(given),
  thresholds,
  listeningSince: START - 3_600_000,
});

/** A car that stands level at floor 1, shut and empty, in normal service. */
export const atRest: Omit<Status, 'kind'> = {
  serviceMode: 'normal',
  moving: false,
  direction: 'none',
  inDoorZone: true,
  floor: 1,
  doorClosed: true,
  occupied: false,
  mainsPower: true,
  safetyCircuitClosed: true,
};

export type Told = { seconds: number; body: Body; seq?: number; boot?: number; lateSeconds?: number; source?: number };

export const message = ({ seconds, body, seq = 0, boot = 1, lateSeconds = 0, source = 3 }: Told): Message => ({
  elevatorNo: 7,
  sourceNo: source,
  boot,
  seq,
  deviceMs: START + seconds * 1000,
  receivedMs: START + (seconds + lateSeconds) * 1000,
  body,
});

export const status = (given: Partial<Status> = {}): Status => ({ ...given, kind: 'status' });
export const notice = (code: NoticeCode, phase: 'add' | 'clear' = 'add', noticeId: string | null = null): Body => ({
  kind: 'notice',
  group: 'fault',
  rawCode: code,
  code,
  noticeId,
  phase,
});

/** One elevator under test: messages by seconds since the start, numbered in order; ticks as the wheel would send them. */
export function car(given: Partial<ElevatorFacts> = {}) {
  let context = contextOf(given);
  let state: DetectorState = NEW_STATE;
  let seq = 0;
  let wakeAt: Date | null = null;
  const changes: FindingChange[] = [];
  const take = (next: Step) => {
    state = next.state;
    wakeAt = next.wakeAt;
    changes.push(...next.findings);
  };
  const ticksUntil = (ms: number) => {
    for (let n = 0; wakeAt !== null && wakeAt.getTime() <= ms && n < 100; n += 1)
      take(step(state, { kind: 'tick', at: wakeAt }, context));
  };
  const self = {
    say: (seconds: number, body: Partial<Status> | Body, more: Partial<Told> = {}) => {
      seq = more.seq ?? seq + 1;
      const told: Body = 'kind' in body && body.kind !== undefined ? body : status(body);
      const heard = message({ seconds, body: told, seq, ...more });
      ticksUntil(heard.receivedMs);
      take(step(state, { kind: 'message', message: heard }, context));
      return self;
    },
    wait: (seconds: number) => {
      ticksUntil(START + seconds * 1000);
      return self;
    },
    skip: (messages: number) => {
      seq += messages;
      return self;
    },
    set: (more: Partial<ElevatorFacts>) => {
      context = { ...context, facts: { ...context.facts, ...more } };
      return self;
    },
    tick: (seconds: number) => {
      take(step(state, { kind: 'tick', at: new Date(START + seconds * 1000) }, context));
      return self;
    },
    opened: () => changes.flatMap((c) => (c.change === 'opened' ? [c.finding.kind] : [])),
    closed: () => changes.flatMap((c) => (c.change === 'closed' ? [`${c.kind} ${c.why}`] : [])),
    changes: () => changes,
    state: () => state,
    wakeAt: () => wakeAt,
  };
  return self;
}
