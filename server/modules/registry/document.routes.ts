import { z } from 'zod';
import { documentAsk, documentList, withdrawalAsk } from '../../../contract/registry-documents.ts';
import { sendFile } from '../../kernel/files.routes.ts';
import { openFileStore } from '../../kernel/files.ts';
import { problem, type Routes, sendProblem, viewerOf } from '../../kernel/http.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import type { RegistryDeps } from './deps.ts';
import { addDocument, openDocument, todayOf, withdrawDocument } from './document.service.ts';
import { listDocuments } from './document.views.ts';
import { ASKERS, REGISTRARS } from './roles.ts';
import { status } from './status.ts';

const byId = z.object({ id: z.uuid() });
const byDocument = byId.extend({ documentId: z.uuid() });
const tags = ['registry'];
const KEEPERS: readonly string[] = [...REGISTRARS, ...ASKERS];

/** Papers on an elevator's file: put there, shown, withdrawn. */
export const documentRoutes =
  (deps: RegistryDeps): Routes =>
  async (app) => {
    const store = openFileStore(deps.dataDir);
    app.get(
      '/elevators/:id/documents',
      {
        config: { access: 'signed_in', grant: 'elevators:read' },
        schema: { summary: 'The papers on a file', tags, params: byId, response: { 200: documentList } },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const registrar = REGISTRARS.some((role) => role === viewer.role);
        const showing = { today: todayOf(deps), viewer, registrar, files: deps.db };
        const asked = request.params.id as ElevatorId;
        const items = await deps.scoped(viewer, (tx) => listDocuments(tx, asked, showing));
        return { items, canAdd: KEEPERS.includes(viewer.role) };
      },
    );

    app.post(
      '/elevators/:id/documents',
      {
        config: { access: KEEPERS, fieldsOf: 'document' },
        schema: {
          summary: 'Put an uploaded paper on a file',
          tags,
          params: byId,
          body: documentAsk,
          response: { 201: z.object({ id: z.uuid() }) },
        },
      },
      async (request, reply) => {
        const ask = { ...request.body, elevatorId: request.params.id as ElevatorId };
        const done = await addDocument(deps, viewerOf(request), ask);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );

    app.get(
      '/elevators/:id/documents/:documentId/content',
      {
        config: { access: 'signed_in' },
        schema: { summary: 'The paper itself', tags, params: byDocument },
      },
      async (request, reply) => {
        const of = { elevatorId: request.params.id as ElevatorId, id: request.params.documentId };
        const file = await openDocument(deps, viewerOf(request), of);
        if (!file || !store.has(file.hash)) return sendProblem(reply, { status: 404, code: 'kernel.not_found' });
        return sendFile(reply, { file, store, known: request.headers['if-none-match'] });
      },
    );

    app.post(
      '/elevators/:id/documents/:documentId/withdrawal',
      {
        config: { access: KEEPERS },
        schema: { summary: 'A paper was wrong or replaced', tags, params: byDocument, body: withdrawalAsk },
      },
      async (request, reply) => {
        const of = { elevatorId: request.params.id as ElevatorId, id: request.params.documentId };
        const done = await withdrawDocument(deps, viewerOf(request), { ...of, reason: request.body.reason });
        return done.ok ? reply.code(204).send() : problem(reply, status, done.refusal);
      },
    );
  };
