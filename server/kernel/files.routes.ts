import type { MultipartFile } from '@fastify/multipart';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { fileSchema } from '../../contract/kernel.ts';
import type { Db } from './db.ts';
import {
  type Attachment,
  attach,
  type FileRefusal,
  type FileStore,
  findAttachment,
  rememberFile,
  type StoredFile,
} from './files.ts';
import { problem, type Routes, sendProblem, viewerOf } from './http.ts';
import { fileName } from './media.rules.ts';
import { scopedOn, type Viewer } from './scope.ts';

export type FileDeps = { db: Db<unknown>; store: FileStore; newId: () => string };

const status: Readonly<Record<FileRefusal['code'], number>> = {
  'kernel.file_too_large': 413,
  'kernel.file_empty': 422,
  'kernel.file_kind': 415,
};
const byId = z.object({ id: z.uuid() });
const tags = ['files'];

/** Upload and download. A file just uploaded is its uploader's; given to a record, it is seen with the record. */
export const fileRoutes =
  (deps: FileDeps): Routes =>
  async (app) => {
    app.post(
      '/files',
      {
        schema: {
          summary: 'Upload one file (multipart, field `file`)',
          tags,
          consumes: ['multipart/form-data'],
          response: { 201: fileSchema },
        },
        config: { access: 'signed_in', rateLimit: { max: 120, timeWindow: 60_000 } },
      },
      async (request, reply) => {
        const part = request.isMultipart() ? await request.file() : undefined;
        if (!part) return sendProblem(reply, { status: 400, code: 'kernel.file_missing' });
        const stored = await deps.store.put(part.file);
        if (!stored.ok) return problem(reply, status, stored.refusal);
        return reply.code(201).send(await keep(deps, viewerOf(request), { part, file: stored.value }));
      },
    );

    app.get(
      '/files/:id',
      { schema: { summary: 'The content of a file', tags, params: byId }, config: { access: 'signed_in' } },
      async (request, reply) => {
        const found = await scopedOn(deps.db)(viewerOf(request), (tx) => findAttachment(tx, request.params.id));
        if (!found || !deps.store.has(found.hash)) return sendProblem(reply, { status: 404, code: 'kernel.not_found' });
        return sendFile(reply, { file: found, store: deps.store, known: request.headers['if-none-match'] });
      },
    );
  };

type Sending = { file: Attachment; store: FileStore; known: string | undefined };

/**
 * Send a stored file. Pictures and sound are shown in place, and PDF, whose viewer runs no script of ours; everything
 * else is taken away as a file.
 */
export function sendFile(reply: FastifyReply, { file, store, known }: Sending): FastifyReply {
  const isPdf = file.mediaType === 'application/pdf';
  const isShown = isPdf || /^(image|audio|video)\//.test(file.mediaType);
  reply
    .header('etag', `"${file.hash}"`)
    .header('cache-control', 'private, no-cache')
    // The browser's own viewer draws a PDF, and a sandbox keeps it from doing so.
    .header('content-security-policy', isPdf ? "default-src 'none'; object-src 'self'" : "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    .header(
      'content-disposition',
      `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    );
  if (known === `"${file.hash}"`) return reply.code(304).send();
  return reply.type(file.mediaType).header('content-length', file.sizeBytes).send(store.read(file.hash));
}

async function keep(
  { db, newId }: FileDeps,
  viewer: Viewer,
  { part, file }: { part: MultipartFile; file: StoredFile },
) {
  const id = newId();
  const name = fileName(part.filename);
  await rememberFile(db, file);
  const audience = { areaCodes: [], orgIds: [] };
  await scopedOn(db)(viewer, (tx) => attach(tx, { id, file, name, purpose: 'upload', subject: null, audience }));
  return { id, name, ...file };
}
