import { z } from 'zod';

/** Volunteer forces (社会力量): who applies to help at level 2, and what became of it. */

const day = z.iso.date();
const instant = z.iso.datetime({ offset: true });
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const personName = z.string().trim().min(2).max(30);
/** A mobile number of the mainland; numbers of the demo begin with 100. */
const mobile = z
  .string()
  .transform((text) =>
    text
      .normalize('NFKC')
      .replace(/[\s-]/g, '')
      .replace(/^\+?86(?=1\d{10}$)/, ''),
  )
  .pipe(z.string().regex(/^1\d{10}$/));

export const volunteerCategory = z.enum([
  'fire_volunteer',
  'retired_technician',
  'property_crew',
  'rescue_team',
  'other',
]);
export const volunteerState = z.enum(['waiting', 'approved', 'refused', 'withdrawn', 'ended', 'expired']);

/** An application as it is sent: who, what he can do, where and when. */
export const volunteerApplication = z.object({
  key: z.string().min(8).max(80), // made by the sender: a repeat does nothing
  applicant: z.enum(['person', 'organisation']),
  category: volunteerCategory,
  name: z.string().trim().min(2).max(60),
  contact: z.union([z.literal(''), personName]).default(''), // of an organisation: who is spoken to
  phone: mobile,
  members: z.array(z.object({ name: personName, phone: mobile })).max(20), // of an organisation: who would go
  competence: z.string().trim().min(10).max(500),
  certificateKind: z.string().trim().max(40).default(''),
  certificateNumber: z.string().trim().max(40).default(''),
  certificateUntil: day.nullable(),
  district: z.string().regex(/^\d{6}$/),
  address: z.string().trim().min(2).max(120), // where they usually are
  nearCode: z.union([z.literal(''), z.string().regex(/^\d{6}$/)]).default(''), // rescue code of an elevator near there
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(7), // 1: Monday
  fromTime: clock,
  toTime: clock, // not after `fromTime`: of the next day
});

/** An application as officials and the desk see it: names and phones masked. */
export const volunteerForce = z.object({
  id: z.uuid(),
  number: z.string(),
  version: z.int(),
  state: volunteerState,
  applicant: z.enum(['person', 'organisation']),
  category: volunteerCategory,
  name: z.string(), // an organisation's in full, a person's masked
  contact: z.string(),
  phone: z.string(),
  members: z.array(z.object({ name: z.string(), phone: z.string() })),
  competence: z.string(),
  certificateKind: z.string(),
  certificateNumber: z.string(), // masked
  certificateUntil: day.nullable(),
  district: z.string(),
  address: z.string(),
  lng: z.number().nullable(), // null: no place is known, they come last
  lat: z.number().nullable(),
  weekdays: z.array(z.int()),
  fromTime: z.string(),
  toTime: z.string(),
  papers: z.array(z.object({ id: z.uuid(), mediaType: z.string(), sizeBytes: z.int() })),
  appliedAt: instant,
  decidedAt: instant.nullable(),
  reason: z.string(), // of a refusal or an end
  validUntil: day.nullable(),
  can: z.object({ decide: z.boolean(), end: z.boolean(), prolong: z.boolean() }),
});
export const volunteerQuery = z.object({
  state: volunteerState.optional(),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export const volunteerList = z.object({
  items: z.array(volunteerForce),
  next: z.string().nullable(),
  waiting: z.int(),
  validDays: z.int(),
});

const reason = z.string().trim().min(4).max(300);
/** What is decided on an application, or on a force that stands. */
export const volunteerDecision = z.discriminatedUnion('do', [
  z.object({ do: z.literal('approve'), version: z.int(), validUntil: day }),
  z.object({ do: z.literal('refuse'), version: z.int(), reason }),
  z.object({ do: z.literal('prolong'), version: z.int(), validUntil: day }),
  z.object({ do: z.literal('end'), version: z.int(), reason }),
]);
export const volunteerUnmask = z.object({ reason: z.string().trim().min(2).max(200) });
export const volunteerUnmasked = z.object({
  name: z.string(),
  contact: z.string(),
  phone: z.string(),
  certificateNumber: z.string(),
  members: z.array(z.object({ name: z.string(), phone: z.string() })),
});
/** A new enquiry code for an applicant who has lost his; the old one ends. */
export const volunteerCode = z.object({ code: z.string() });
