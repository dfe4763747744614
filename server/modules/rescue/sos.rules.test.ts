import { describe, expect, test } from 'vitest';
import { addSeconds } from '../../kernel/time.ts';
import { incident, t0 } from './incident.fixtures.ts';
import type { Clock, Offer } from './incident.rules.ts';
import { sosView, unplaced } from './sos.rules.ts';

const clock = (seconds: number): Clock => ({
  at: addSeconds(t0, seconds),
  sourceAt: null,
  receivedAt: addSeconds(t0, seconds),
  trusted: true,
});
const offer = (state: Offer['state']): Offer => ({
  id: 'o1',
  crewId: 'c1',
  level: 1,
  place: 1,
  state,
  offeredAt: t0,
});
const nobody = { kind: null, travelSeconds: null };
const crew = { kind: 'maintenance' as const, travelSeconds: 600 };

describe('what the people inside are shown', () => {
  test('first that it was received, then that somebody is asked', () => {
    expect(sosView(incident(), nobody, t0)).toMatchObject({ stage: 'received', crew: null, etaMinutes: null });
    expect(sosView(incident({ offers: [offer('offered')] }), nobody, t0).stage).toBe('asking');
  });

  test('who comes is named by role, with the minutes that are left, never fewer than one', () => {
    const coming = incident({ offers: [offer('accepted')], clocks: { accepted: clock(30) } });
    expect(sosView(coming, crew, addSeconds(t0, 30))).toMatchObject({
      stage: 'coming',
      crew: 'maintenance',
      etaMinutes: 10,
    });
    expect(sosView(coming, crew, addSeconds(t0, 331)).etaMinutes).toBe(5);
    expect(sosView(coming, crew, addSeconds(t0, 7_000)).etaMinutes).toBe(1);
    expect(sosView(coming, nobody, t0).etaMinutes).toBeNull();
  });

  test('nobody answered: the fire service is named', () => {
    const handed = incident({ level: 3, offers: [offer('expired')] });
    expect(sosView(handed, nobody, t0)).toMatchObject({ stage: 'emergency_services', crew: 'services' });
  });

  test('a step whose report was never sent is done once a later one is', () => {
    const out = incident({
      offers: [offer('accepted')],
      clocks: { aware: clock(0), released: clock(900) },
      released: { at: addSeconds(t0, 900), people: 1 },
    });
    const { steps, stage, etaMinutes } = sosView(out, crew, addSeconds(t0, 900));
    expect([stage, etaMinutes]).toEqual(['after', null]);
    expect(steps.map((s) => s.at)).toEqual([t0, ...Array(4).fill(addSeconds(t0, 900))]);
  });

  test('a call that was dismissed is never called a rescue: whoever is still inside is told to ring', () => {
    const ended = incident({ end: { name: 'dismissed', at: t0, reason: '误报' } });
    expect(sosView(ended, nobody, t0)).toMatchObject({ stage: 'dismissed', lines: ['rescue.script.dismissed'] });
  });

  test('while nobody knows which elevator it is, the person is asked to say where', () => {
    expect(unplaced(t0).lines).toContain('rescue.script.say_where');
  });
});
