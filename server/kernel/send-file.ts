import type { FastifyReply } from 'fastify';

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** A finished file on its way out. `name`: without its ending, in any letters. `isShown`: opened in place, else saved. */
type FileOut = { name: string; type: keyof typeof TYPES; bytes: Uint8Array | string; isShown?: boolean };

/** Answer with a file that is ready: a paper to read, a table to fill in. Rows that are still coming: `sendTable`. */
export function sendFile(reply: FastifyReply, { name, type, bytes, isShown = false }: FileOut) {
  const place = isShown ? 'inline' : 'attachment';
  return reply
    .header('content-disposition', `${place}; filename*=UTF-8''${encodeURIComponent(`${name}.${type}`)}`)
    .type(TYPES[type])
    .send(typeof bytes === 'string' ? bytes : Buffer.from(bytes));
}
