import { z } from 'zod';
import { elevatorCover, policyView } from '../../../../contract/insurance-policies.ts';
import { originOf, problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import type { ElevatorId } from '../../../kernel/ids.ts';
import { languageOf } from '../../../kernel/language.ts';
import { sendFile } from '../../../kernel/send-file.ts';
import { dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { READERS } from '../roles.ts';
import { status } from '../status.ts';
import { documentPdf } from './document.pdf.ts';
import { findDocument } from './document.store.ts';
import { coverOf, viewPolicy } from './policy.views.ts';
import { verifyPath } from './verify.pages.ts';

const tags = ['insurance'];
const byId = z.object({ id: z.uuid() });
/** Who sees what an elevator is covered by: everybody who sees the elevator's policies. */
const FILE_READERS = [...READERS, 'safety_officer', 'street_office', 'department', 'inspector'];

/** A policy whole, an elevator's cover, and papers to print. */
export const documentRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/policies/:id',
      {
        config: { access: READERS },
        schema: { summary: 'A policy with all that became of it', tags, params: byId, response: { 200: policyView } },
      },
      async (request, reply) => {
        const found = await deps.scoped(viewerOf(request), (tx) =>
          viewPolicy(tx, request.params.id, { today: dayOf(deps.now()), purseOf: deps.subsidisedPayers }),
        );
        return found ?? problem(reply, status, { code: 'insurance.policy_not_found' });
      },
    );
    app.get(
      '/insurance/elevators/:id/cover',
      {
        config: { access: FILE_READERS },
        schema: {
          summary: 'What an elevator is and was covered by',
          tags,
          params: byId,
          response: { 200: elevatorCover },
        },
      },
      async (request) => {
        const today = dayOf(deps.now());
        const id = request.params.id as ElevatorId;
        return { items: await deps.scoped(viewerOf(request), (tx) => coverOf(tx, id, today)) };
      },
    );
    app.get(
      '/insurance/documents/:id/pdf',
      {
        config: { access: READERS },
        schema: { summary: 'A policy, an endorsement or a receipt as PDF, as it was handed out', tags, params: byId },
      },
      async (request, reply) => {
        const found = await deps.scoped(viewerOf(request), (tx) => findDocument(tx, { id: request.params.id }));
        if (!found) return problem(reply, status, { code: 'insurance.document_not_found' });
        const verifyUrl = `${originOf(request)}${verifyPath(found.code)}`;
        const bytes = await documentPdf({ ...found, verifyUrl }, languageOf(request));
        const name = `${found.content.number}-${found.content.kind}-${found.content.no}`;
        return sendFile(reply, { name, type: 'pdf', bytes, isShown: true });
      },
    );
  };
