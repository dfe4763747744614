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

/** A map of tiles at addresses with `{z}`, `{x}`, `{y}`: Web Mercator in WGS-84 (CGCS2000 differs by centimetres). */
const tiles = z.object({ addresses: z.array(z.string()).min(1), minZoom: z.int(), maxZoom: z.int() });

/** What is drawn below the elevators: nothing of others, pictures, or vector tiles with these layers. */
export const baseMap = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  // Several: one above the other, the ground first, its names above it.
  z.object({ kind: z.literal('raster'), pictures: z.array(tiles).min(1), attribution: z.string() }),
  z.object({ kind: z.literal('vector'), tiles, layers: z.array(z.string()), attribution: z.string() }),
]);
export type BaseMap = z.infer<typeof baseMap>;
