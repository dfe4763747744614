import { z } from 'zod';

/** 屋顶和顶层机房: machine rooms under the sun, their air conditioning, and where it became too hot or too cold. */

const id = z.uuid();
const place = z.enum(['roof', 'top_floor']);

export const roomFilter = z.object({
  q: z.string().max(80).optional(), // part of an address or of the use unit's name, or a whole rescue code
  place: place.optional(),
  cooled: z.enum(['yes', 'no', 'unknown']).optional(), // unknown: not recorded in the file
  breached: z.literal('1').optional(), // outside its limits within `days`, or still
  area: z.string().max(20).optional(), // a district, street or community
  useOrg: id.optional(),
});
export const roomQuery = roomFilter.extend({
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});

export const roomLine = z.object({
  elevatorId: id,
  rescueCode: z.string().nullable(),
  address: z.string(),
  districtCode: z.string().nullable(),
  place,
  cooled: z.boolean().nullable(), // null: not recorded
  useUnit: z.string().nullable(),
  maintenance: z.string().nullable(),
  celsius: z.number().nullable(), // last heard; null: never, or the room has no sensor
  heardAt: z.iso.datetime().nullable(), // when the elevator was last heard
  breaches: z.int(), // within `days`, and those still open
  lastBreachAt: z.iso.datetime().nullable(),
  isOutside: z.boolean(), // a breach is open now
});
export type RoomLine = z.infer<typeof roomLine>;

export const roomList = z.object({
  items: z.array(roomLine),
  next: z.string().nullable(),
  days: z.int(),
  limits: z.object({ minCelsius: z.number(), maxCelsius: z.number() }), // 机房温度: the city's figure
  counts: z.object({
    rooms: z.int(),
    cooled: z.int(),
    uncooled: z.int(),
    unknown: z.int(),
    breached: z.int(),
  }), // of the words, place, area and unit asked for, whatever else is asked
});
