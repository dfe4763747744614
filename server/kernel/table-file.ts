import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import iconv from 'iconv-lite';
import { z } from 'zod';
import { csvLine } from './csv.ts';
import { xlsxBytes } from './xlsx.ts';

/** How a list may be taken home: spreadsheets of this country still open CSV as GB18030 where nothing says otherwise. */
export const tableFormat = {
  format: z.enum(['csv', 'xlsx']).default('csv'),
  encoding: z.enum(['utf-8', 'gb18030']).default('utf-8'),
};
type Format = z.infer<z.ZodObject<typeof tableFormat>>;

/** A table on its way out. `name`: of the file, in Latin letters, without its ending. */
type TableFile = { name: string; head: readonly string[]; rows: AsyncIterable<string[]> };

/** Answer with a table as a file, written as its rows come. */
export function sendTable(reply: FastifyReply, { name, head, rows }: TableFile, { format, encoding }: Format) {
  void reply.header('content-disposition', `attachment; filename="${name}.${format}"`);
  if (format === 'xlsx') return reply.type(XLSX).send(Readable.from(xlsxBytes(withHead(head, rows), name)));
  return reply.type(`text/csv; charset=${encoding}`).send(Readable.from(csvChunks(withHead(head, rows), encoding)));
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

async function* withHead(head: readonly string[], rows: AsyncIterable<string[]>): AsyncGenerator<string[]> {
  yield [...head];
  yield* rows;
}

async function* csvChunks(rows: AsyncIterable<string[]>, encoding: Format['encoding']): AsyncGenerator<Buffer> {
  const utf8 = encoding === 'utf-8';
  if (utf8) yield Buffer.from('\uFEFF');
  for await (const row of rows) yield utf8 ? Buffer.from(csvLine(row)) : iconv.encode(csvLine(row), 'gb18030');
}
