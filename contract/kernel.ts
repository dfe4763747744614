import { z } from 'zod';

/** The HTTP API of the kernel's own pieces: files and notifications. */

export const fileSchema = z.object({
  id: z.uuid(),
  hash: z.string(), // SHA-256 of the content
  name: z.string(),
  mediaType: z.string(),
  sizeBytes: z.int(),
});

export const notificationSchema = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  code: z.string(), // key into the words
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  text: z.string(), // said in the caller's language
  link: z.string().nullable(), // a path of the console
  readAt: z.iso.datetime().nullable(),
});
/** Work that waits for the one who asks, by kind; `dueOn` is the first day on which some of it is due. */
export const waitingList = z.object({
  items: z.array(z.object({ code: z.string(), count: z.int().min(1), dueOn: z.iso.date().nullable() })),
});
export type WaitingList = z.infer<typeof waitingList>;

export const notificationPageSchema = z.object({ items: z.array(notificationSchema), unread: z.int() });
