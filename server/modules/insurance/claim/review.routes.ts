import { z } from 'zod';
import { reviewInput, reviewQuery, reviewSample } from '../../../../contract/insurance-claim-reviews.ts';
import { made } from '../../../../contract/insurance-claims.ts';
import { type Routes, viewerOf } from '../../../kernel/http.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { claimProblem } from './claim.status.ts';
import { reviewClaim } from './review.service.ts';
import { reviewSampleOf } from './review.views.ts';

const tags = ['claims'];
const byId = z.object({ id: z.uuid() });

/** A second look at what was decided: a sample that can be drawn again, and what was found in it. */
export const reviewRoutes =
  (deps: ClaimDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/claim-reviews',
      {
        config: { access: ['approver'] },
        schema: {
          summary: 'A sample of decided claims: the large, the unusual, and some by lot under a seed',
          tags,
          querystring: reviewQuery,
          response: { 200: reviewSample },
        },
      },
      (request) => {
        const viewer = viewerOf(request);
        return deps.scoped(viewer, (tx) => reviewSampleOf(tx, viewer.orgId, request.query));
      },
    );
    app.post(
      '/insurance/claims/:id/reviews',
      {
        config: { access: ['approver'], human: true },
        schema: {
          summary: 'What a second look at a decided claim found; by who neither assessed nor decided it',
          tags,
          params: byId,
          body: reviewInput,
          response: { 201: made },
        },
      },
      async (request, reply) => {
        const done = await reviewClaim(deps, viewerOf(request), { claimId: request.params.id, ...request.body });
        return done.ok ? reply.code(201).send(done.value) : claimProblem(reply, done.refusal);
      },
    );
  };
