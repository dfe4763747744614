import { z } from 'zod';
import { INSURERS } from '../../../../contract/identity-vocabulary.ts';
import { claimView } from '../../../../contract/insurance-claim-file.ts';
import {
  actDone,
  actInput,
  claimList,
  claimQuery,
  codeList,
  reportInput,
  reportTaken,
} from '../../../../contract/insurance-claims.ts';
import { isMachine, personNeeded, type Routes, viewerOf } from '../../../kernel/http.ts';
import { fen } from '../../../kernel/money.ts';
import { accept } from '../../../kernel/result.ts';
import { keyHeader } from '../once.rules.ts';
import { once } from '../once.service.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { CLAIM_READERS, CODE_KEEPERS, REPORTERS } from './claim.roles.ts';
import { actOn } from './claim.service.ts';
import { claimProblem } from './claim.status.ts';
import { listClaims } from './claim.views.ts';
import type { ClaimAct } from './claim-act.rules.ts';
import { reportAccident } from './claim-desk.service.ts';
import { viewClaim } from './claim-file.views.ts';
import { listCodes } from './code.views.ts';

const tags = ['claims'];
const byId = z.object({ id: z.uuid() });

/** Claims: the work list, one claim's file, and what is done to it. */
export const claimRoutes =
  (deps: ClaimDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/claims',
      {
        config: { access: CLAIM_READERS },
        schema: {
          summary: 'Claims, those whose clock runs out next on top',
          tags,
          querystring: claimQuery,
          response: { 200: claimList },
        },
      },
      (request) => deps.scoped(viewerOf(request), (tx) => listClaims(tx, request.query, deps.now())),
    );

    app.post(
      '/insurance/claims',
      {
        config: { access: REPORTERS, grant: 'claims:write' },
        schema: {
          summary: 'Report an accident: it joins the claim of the same accident, or opens one',
          tags,
          body: reportInput,
          response: { 200: reportTaken },
        },
      },
      async (request, reply) => {
        const { elevatorId, code, happenedAt, channel, ...rest } = request.body;
        const viewer = viewerOf(request);
        const done = await reportAccident(deps, viewer, {
          ...rest,
          elevatorId: elevatorId ?? null,
          code: code ?? '',
          happenedAt: new Date(happenedAt),
          channel: viewer.role === 'machine' ? 'interface' : channel,
        });
        return done.ok ? done.value : claimProblem(reply, done.refusal);
      },
    );

    app.get(
      '/insurance/claims/:id',
      {
        config: { access: CLAIM_READERS },
        schema: { summary: 'A claim’s file', tags, params: byId, response: { 200: claimView } },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const found = await deps.scoped(viewer, (tx) => viewClaim(tx, deps, { viewer, id: request.params.id }));
        return found ?? claimProblem(reply, { code: 'insurance.claim_not_found' });
      },
    );

    app.post(
      '/insurance/claims/:id/acts',
      {
        config: { access: INSURERS },
        schema: {
          summary: 'Do something to a claim: papers, reserve, assessment, decision, refusal, closing, opening again',
          tags,
          params: byId,
          headers: keyHeader,
          body: actInput,
          response: { 200: actDone },
        },
      },
      async (request, reply) => {
        const { version = null, act } = request.body;
        const viewer = viewerOf(request);
        if (SECOND_EYES.includes(act.do) && isMachine(viewer)) return personNeeded(reply);
        const { id: claimId } = request.params;
        const keyed = { key: request.headers['idempotency-key'], act: `claim ${claimId}`, body: request.body };
        const done = await once({ deps, viewer }, keyed, async ({ scoped }) => {
          const acted = await actOn({ ...deps, scoped }, viewer, { id: claimId, version, act: actOf(act) });
          if (!acted.ok) return acted;
          const { id, phase, version: now } = acted.value;
          return accept({ id, phase, version: now });
        });
        return done.ok ? done.value : claimProblem(reply, done.refusal);
      },
    );

    await app.register(codeRoutes(deps));
  };

/** What stands only when a second person says it. */
const SECOND_EYES: readonly ClaimAct['do'][] = ['decide', 'refuse'];

/** The act with amounts and instants as the house keeps them. */
function actOf(act: z.output<typeof actInput>['act']): ClaimAct {
  switch (act.do) {
    case 'set_reserve':
      return { ...act, amount: fen(act.amount) };
    case 'send_refusal':
      return { ...act, at: new Date(act.at) };
    case 'assess':
      return {
        ...act,
        losses: act.losses.map((loss) =>
          loss.kind === 'person'
            ? { ...loss, medical: fen(loss.medical), other: fen(loss.other) }
            : { ...loss, amount: fen(loss.amount) },
        ),
      };
    case 'ask_papers':
    case 'receive_papers':
    case 'papers_complete':
    case 'accept_liability':
    case 'decide':
    case 'refuse':
    case 'close':
    case 'reopen':
      return act;
  }
}

/** Claim codes for those who hand them to the people who were inside. Each look is kept in the audit. */
const codeRoutes =
  (deps: ClaimDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/claim-codes/:id',
      {
        config: { access: CODE_KEEPERS },
        schema: { summary: 'The claim codes of an incident’s people', tags, params: byId, response: { 200: codeList } },
      },
      async (request) => ({
        items: await deps.scoped(viewerOf(request), (tx) => listCodes(tx, deps, request.params.id)),
      }),
    );
  };
