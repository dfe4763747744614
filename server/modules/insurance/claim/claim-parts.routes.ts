import { z } from 'zod';
import { INSURERS } from '../../../../contract/identity-vocabulary.ts';
import {
  made,
  mediationInput,
  mediationOutcome,
  partyInput,
  partyMore,
  partyRef,
  repairInput,
  surveyInput,
  unmasked,
  unmaskInput,
} from '../../../../contract/insurance-claims.ts';
import { type Routes, viewerOf } from '../../../kernel/http.ts';
import { fen } from '../../../kernel/money.ts';
import { sendFile } from '../../../kernel/send-file.ts';
import { keyHeader } from '../once.rules.ts';
import { once } from '../once.service.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { CLAIM_READERS, MEDIATORS } from './claim.roles.ts';
import { claimProblem } from './claim.status.ts';
import { addParty, addSurvey, addToParty, unmaskParty } from './claim-desk.service.ts';
import { printLetter } from './claim-letter.print.ts';
import { endMediation, openMediation } from './claim-mediation.service.ts';
import { addPaper, MOST_PAPER_BYTES, openPaper } from './claim-paper.service.ts';
import { listRepair } from './repair.service.ts';

const tags = ['claims'];
const byId = z.object({ id: z.uuid() });
const partOf = z.object({ id: z.uuid(), part: z.uuid() });
const HANDLERS = { access: INSURERS } as const;

/** Who may be paid, with sealed data. */
export const partyRoutes =
  (deps: ClaimDeps): Routes =>
  async (app) => {
    app.post(
      '/insurance/claims/:id/parties',
      {
        config: HANDLERS,
        schema: {
          summary: 'Take down who may be paid, once per key',
          tags,
          params: byId,
          headers: keyHeader,
          body: partyInput,
          response: { 201: partyRef },
        },
      },
      async (request, reply) => {
        const [viewer, { id: claimId }, party] = [viewerOf(request), request.params, request.body];
        // Names and numbers leave no plain hash behind: only who holds the house's key could tell what was sent.
        const body = deps.secret.lookup('claim.party sent', JSON.stringify(party));
        const keyed = { key: request.headers['idempotency-key'], act: `party ${claimId}`, body };
        const done = await once({ deps, viewer }, keyed, ({ scoped }) =>
          addParty({ ...deps, scoped }, viewer, { claimId, party }),
        );
        return done.ok ? reply.code(201).send(done.value) : claimProblem(reply, done.refusal);
      },
    );
    app.post(
      '/insurance/claims/:id/parties/:part',
      {
        config: HANDLERS,
        schema: {
          summary: 'Add what was missing of a party, an account mostly',
          tags,
          params: partOf,
          body: partyMore,
          response: { 200: partyRef },
        },
      },
      async (request, reply) => {
        const { id: claimId, part: partyId } = request.params;
        const done = await addToParty(deps, viewerOf(request), { claimId, partyId, data: request.body });
        return done.ok ? done.value : claimProblem(reply, done.refusal);
      },
    );
    app.post(
      '/insurance/claims/:id/parties/:part/unmasking',
      {
        config: { ...HANDLERS, human: true },
        schema: {
          summary: 'The plain data of a party; the look is kept',
          tags,
          params: partOf,
          body: unmaskInput,
          response: { 200: unmasked },
        },
      },
      async (request, reply) => {
        const { id: claimId, part: partyId } = request.params;
        const done = await unmaskParty(deps, viewerOf(request), { claimId, partyId, ...request.body });
        return done.ok ? done.value : claimProblem(reply, done.refusal);
      },
    );
  };

/** Papers, surveys, letters, repairs and mediations of a claim. */
export const claimPartRoutes =
  (deps: ClaimDeps): Routes =>
  async (app) => {
    app.post(
      '/insurance/claims/:id/papers',
      {
        config: HANDLERS,
        schema: {
          summary: 'Add a paper (multipart, field `file`, before it `kind`)',
          tags,
          consumes: ['multipart/form-data'],
          params: byId,
          response: { 201: made },
        },
      },
      async (request, reply) => {
        const part = request.isMultipart()
          ? await request.file({ limits: { fileSize: MOST_PAPER_BYTES + 1 }, throwFileSizeLimit: false })
          : undefined;
        const kind = part?.fields['kind'];
        const done = await addPaper(deps, viewerOf(request), {
          claimId: request.params.id,
          partyId: null,
          kind: kind && 'value' in kind && typeof kind.value === 'string' ? kind.value.slice(0, 80) : 'other',
          name: part?.filename ?? '',
          bytes: (await part?.toBuffer()) ?? Buffer.alloc(0),
        });
        return done.ok ? reply.code(201).send(done.value) : claimProblem(reply, done.refusal);
      },
    );
    app.get(
      '/insurance/claims/:id/papers/:part',
      { config: HANDLERS, schema: { summary: 'The content of a paper', tags, params: partOf } },
      async (request, reply) => {
        const { id: claimId, part } = request.params;
        const done = await openPaper(deps, viewerOf(request), { claimId, id: part });
        if (!done.ok) return claimProblem(reply, done.refusal);
        return reply
          .type(done.value.mediaType)
          .header('cache-control', 'no-store')
          .header('content-security-policy', "default-src 'none'; sandbox")
          .header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(done.value.name)}`)
          .send(done.value.bytes);
      },
    );
    app.get(
      '/insurance/claims/:id/documents/:part',
      {
        config: { access: CLAIM_READERS, rateLimit: { max: 60, timeWindow: 60_000 } },
        schema: { summary: 'A letter as PDF; every print is the first one', tags, params: partOf },
      },
      async (request, reply) => {
        const { id: claimId, part } = request.params;
        const found = await printLetter(deps, viewerOf(request), { claimId, id: part });
        if (!found) return claimProblem(reply, { code: 'insurance.letter_not_found' });
        void reply.header('cache-control', 'private, no-cache');
        return sendFile(reply, { name: found.letter.number, type: 'pdf', bytes: found.pdf, isShown: true });
      },
    );
    await app.register(siteRoutes(deps));
  };

const siteRoutes =
  (deps: ClaimDeps): Routes =>
  async (app) => {
    app.post(
      '/insurance/claims/:id/surveys',
      {
        config: HANDLERS,
        schema: { summary: 'What was found on site', tags, params: byId, body: surveyInput, response: { 201: made } },
      },
      async (request, reply) => {
        const { at, ...rest } = request.body;
        const survey = { claimId: request.params.id, at: new Date(at), ...rest };
        const done = await addSurvey(deps, viewerOf(request), survey);
        return done.ok ? reply.code(201).send(done.value) : claimProblem(reply, done.refusal);
      },
    );
    app.post(
      '/insurance/claims/:id/repair',
      {
        config: HANDLERS,
        schema: {
          summary: 'List what a repair is made of; prices are held against what others paid',
          tags,
          params: byId,
          body: repairInput,
          response: { 201: z.object({ total: z.int() }) },
        },
      },
      async (request, reply) => {
        const lines = request.body.lines.map((line) => ({ ...line, unitPrice: fen(line.unitPrice) }));
        const done = await listRepair(deps, viewerOf(request), { claimId: request.params.id, lines });
        return done.ok ? reply.code(201).send(done.value) : claimProblem(reply, done.refusal);
      },
    );
    app.post(
      '/insurance/claims/:id/mediations',
      {
        config: { access: MEDIATORS },
        schema: { summary: 'Take up a dispute', tags, params: byId, body: mediationInput, response: { 201: made } },
      },
      async (request, reply) => {
        const done = await openMediation(deps, viewerOf(request), { claimId: request.params.id, ...request.body });
        return done.ok ? reply.code(201).send(done.value) : claimProblem(reply, done.refusal);
      },
    );
    app.post(
      '/insurance/claims/:id/mediations/:part/outcome',
      {
        config: { access: MEDIATORS },
        schema: {
          summary: 'What a mediation came to',
          tags,
          params: partOf,
          body: mediationOutcome,
          response: { 200: made },
        },
      },
      async (request, reply) => {
        const { id: claimId, part } = request.params;
        const done = await endMediation(deps, viewerOf(request), { claimId, id: part, ...request.body });
        return done.ok ? done.value : claimProblem(reply, done.refusal);
      },
    );
  };
