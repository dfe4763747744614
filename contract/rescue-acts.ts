import { z } from 'zod';
import { needs, needsInput, offer, phase, reason } from './rescue.ts';

/** Orders of the desk, reports of everybody, calls, and the jobs on a rescuer’s phone. */

const instant = z.iso.datetime({ offset: true });
const said = z.string().max(2_000);
const short = z.string().max(200);

const version = z.int().nonnegative().optional(); // what the author saw: another one is refused with 409

/** An order from the desk. May be refused. */
export const orderInput = z.discriminatedUnion('do', [
  z.object({ do: z.literal('offer'), personIds: z.array(z.uuid()).min(1).max(5), reason: short.default(''), version }),
  z.object({ do: z.literal('escalate'), version }),
  z.object({ do: z.literal('hand_off'), service: z.enum(['119', '110']), takenBy: short, version }),
  z.object({ do: z.literal('withdraw'), offerId: z.uuid(), version }),
  z.object({ do: z.literal('take'), version }),
  z.object({ do: z.literal('dismiss'), reason: z.string().min(2).max(500), version }),
  z.object({ do: z.literal('merge'), into: z.uuid(), reason: short.default(''), version }),
  z.object({ do: z.literal('look'), version }),
  z.object({ do: z.literal('reopen'), reason: z.string().min(2).max(500), version }),
  z.object({ do: z.literal('close'), version }),
]);
export type OrderInput = z.infer<typeof orderInput>;

/** The client's own key of a report: a repeat from an offline queue does nothing. */
const key = z.string().min(8).max(64);
const place = z.object({
  lng: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  accuracyMetres: z.number().nonnegative().optional(),
});

/** A report from a rescuer's phone. Never refused. */
export const jobReport = z.discriminatedUnion('do', [
  z.object({ do: z.literal('accept'), key, happenedAt: instant, at: place.optional() }),
  z.object({ do: z.literal('refuse'), key, happenedAt: instant, reason: short }),
  z.object({ do: z.literal('depart'), key, happenedAt: instant, at: place.optional() }),
  z.object({ do: z.literal('arrive'), key, happenedAt: instant, at: place.optional(), scanned: short.optional() }),
  z.object({
    do: z.literal('release'),
    key,
    happenedAt: instant,
    people: z.int().min(0).max(200),
    injuries: z.boolean().optional(),
    causeClass: z.string().max(10).default(''),
    causeDetail: z.string().max(10).default(''),
    method: z.string().max(40).default(''),
    remark: said.default(''),
    photos: z.array(z.uuid()).max(9).default([]),
  }),
]);
export type JobReport = z.infer<typeof jobReport>;

/** A report that the desk takes by phone on somebody's behalf, or that comes after the rescue. Never refused. */
export const deskReport = z.discriminatedUnion('do', [
  z.object({ do: z.literal('arrive'), key, crewId: z.string().max(64).optional(), happenedAt: instant.optional() }),
  z.object({
    do: z.literal('release'),
    key,
    people: z.int().min(0).max(200).nullable(),
    injuries: z.boolean().optional(),
    happenedAt: instant.optional(),
  }),
  z.object({ do: z.literal('accept'), key, crewId: z.string().max(64), happenedAt: instant.optional() }),
  z.object({ do: z.literal('refuse'), key, crewId: z.string().max(64), reason: short, happenedAt: instant.optional() }),
  z.object({
    do: z.literal('confirm'),
    key,
    outcome: z.enum(['all_out', 'not_out', 'unreachable']),
    satisfaction: z.int().min(1).max(5).nullable().default(null),
    said: said.default(''),
  }),
  z.object({
    do: z.literal('cause'),
    key,
    classCode: z.string().min(1).max(10),
    detailCode: z.string().min(1).max(10),
    method: z.string().max(40).default(''),
    remark: said.default(''),
    corrects: z.uuid().nullable().default(null),
  }),
  z.object({ do: z.literal('correct'), key, seq: z.int().positive(), text: z.string().min(2).max(2_000) }),
]);
export type DeskReport = z.infer<typeof deskReport>;

/** What a call said, as the agent writes it down. */
export const callInput = z.object({
  key,
  kind: z.enum(['entrapment', 'fault', 'complaint', 'question', 'false_alarm']).default('entrapment'),
  elevatorId: z.uuid().optional(),
  code: z.string().max(40).optional(), // rescue code or registration code
  connectedAt: instant.optional(),
  caller: z.string().max(24).default(''),
  callBackWanted: z.boolean().default(false),
  claimText: z.boolean().default(false), // he was asked, and wants the claim code on this phone
  recordingRef: short.optional(),
  routedTo: short.default(''),
  said: said.default(''),
  needs: needsInput.default({}),
});
export const callTaken = z.object({
  callId: z.uuid(),
  incidentId: z.uuid().nullable(), // null: not an entrapment, or no elevator was named
  number: z.string().nullable(),
  joined: z.boolean(),
});

/** From the page behind a QR code. Nobody signs in, and a report is never refused for what it leaves out. */
export const sosInput = z.object({
  key,
  code: z.string().min(1).max(40), // the 6 digits on the plate, or the registration code
  caller: z.string().max(24).default(''),
  claimText: z.enum(['yes', 'no']).default('no'), // a box of a form: the claim code may come to this phone
  said: said.default(''),
  needs: needsInput.default({}),
});
export const sosTaken = z.object({ number: z.string().nullable(), joined: z.boolean(), hotline: z.string() });

/** From 110, 119 or 12345. `ref` is the number it has there: a repeat does nothing. */
export const partnerInput = z.object({
  ref: z.string().min(1).max(64),
  code: z.string().min(1).max(40),
  connectedAt: instant.optional(),
  caller: z.string().max(24).default(''),
  said: said.default(''),
  needs: needsInput.default({}),
});

/** What the people inside may hear: by voice, or on the screen in the car. */
export const progress = z.object({
  phase,
  etaSeconds: z.int().nullable(), // until somebody is there; null: not known yet
  lines: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })),
});

export const job = z.object({
  incidentId: z.uuid(),
  number: z.string(),
  offerId: z.uuid(),
  state: offer.shape.state,
  place: z.int(),
  offeredAt: instant,
  answerBy: instant.nullable(),
  address: z.string(),
  unit: z.string().nullable(),
  rescueCode: z.string().nullable(),
  needs,
  phase,
  drill: z.boolean(),
  etaSeconds: z.int().nullable(),
  reasons: z.array(reason),
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  people: z.int().nullable(),
});
export const jobList = z.object({
  items: z.array(job),
  onDuty: z.boolean(),
  label: z.string().nullable(),
  now: instant,
});
export const positionInput = place.extend({ at: instant });
export const dutyInput = z.object({ on: z.boolean(), hours: z.number().min(0.5).max(24).default(12) });
