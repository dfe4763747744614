import { z } from 'zod';
import { INSURERS, OFFICIALS, USE_UNIT } from '../../../contract/identity-vocabulary.ts';
import {
  appealInput,
  evaluationList,
  evaluationRef,
  letterAnswer,
  letterPage,
  letterQuery,
  letterRef,
  publishedList,
  ratingInput,
  ratingTaken,
  suggestionInput,
} from '../../../contract/prevention-figures.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { PreventionDeps } from './deps.ts';
import { evaluate, publishEvaluation } from './evaluation.service.ts';
import { listEvaluations, publishedScores } from './evaluation.views.ts';
import { answerLetter, appeal, rate, suggest } from './letter.service.ts';
import { listLetters } from './letter.views.ts';
import { status } from './status.ts';

const tags = ['prevention'];
const byId = z.object({ id: z.uuid() });
const ok = z.object({ ok: z.literal(true) });
/** Who may advise an insurer: owners, users, maintainers (notice 2 五(二)一), and who may rate its service. */
const ADVISE = [...USE_UNIT, 'maintenance_manager', 'technician', 'owner', 'association'];
const RATE = [...USE_UNIT, 'owner', 'association'];
const ANSWER = ['handler', 'surveyor', 'approver'];
const EVALUATE = ['surveyor', 'approver'];

/** Suggestions with an answer and a clock, ratings, and the published evaluation with its appeals. */
export const letterRoutes =
  (deps: PreventionDeps): Routes =>
  async (app) => {
    app.post(
      '/prevention/suggestions',
      {
        config: { access: ADVISE },
        schema: {
          summary: 'Tell an elevator’s insurer how to do better',
          tags,
          body: suggestionInput,
          response: { 201: letterRef },
        },
      },
      async (request, reply) => {
        const done = await suggest(deps, viewerOf(request), request.body);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.get(
      '/prevention/letters',
      {
        config: { access: [...OFFICIALS, ...INSURERS, 'broker', ...ADVISE] },
        schema: { summary: 'Suggestions and appeals', tags, querystring: letterQuery, response: { 200: letterPage } },
      },
      (request) => deps.scoped(viewerOf(request), (tx) => listLetters(tx, request.query, deps.now())),
    );
    app.post(
      '/prevention/letters/:id/answer',
      {
        config: { access: ANSWER },
        schema: {
          summary: 'Answer a suggestion or an appeal',
          tags,
          params: byId,
          body: letterAnswer,
          response: { 200: ok },
        },
      },
      async (request, reply) => {
        const done = await answerLetter(deps, viewerOf(request), { id: request.params.id, ...request.body });
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/prevention/ratings',
      {
        config: { access: RATE },
        schema: {
          summary: 'Rate the insurer of an elevator, once a year',
          tags,
          body: ratingInput,
          response: { 201: ratingTaken },
        },
      },
      async (request, reply) => {
        const done = await rate(deps, viewerOf(request), request.body);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    await app.register(evaluationRoutes(deps));
  };

const evaluationRoutes =
  (deps: PreventionDeps): Routes =>
  async (app) => {
    app.post(
      '/prevention/evaluations',
      {
        config: { access: EVALUATE },
        schema: { summary: 'Evaluate the maintenance units that were checked', tags, response: { 201: evaluationRef } },
      },
      async (request, reply) => {
        const done = await evaluate(deps, viewerOf(request));
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.get(
      '/prevention/evaluations',
      {
        config: { access: [...INSURERS, 'city_regulator'] },
        schema: { summary: 'Rounds of evaluation with every result', tags, response: { 200: evaluationList } },
      },
      async (request) => ({ items: await deps.scoped(viewerOf(request), (tx) => listEvaluations(tx)) }),
    );
    app.get(
      '/prevention/evaluations/published',
      {
        config: { access: 'signed_in' },
        schema: {
          summary: 'What is published of maintenance units: result, sample, method, until when one may appeal',
          tags,
          response: { 200: publishedList },
        },
      },
      async () => ({ items: await publishedScores(deps) }),
    );
    app.post(
      '/prevention/evaluations/:id/publication',
      {
        config: { access: ['approver'] },
        schema: { summary: 'Publish a round', tags, params: byId, response: { 200: ok } },
      },
      async (request, reply) => {
        const done = await publishEvaluation(deps, viewerOf(request), request.params.id);
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/prevention/appeals',
      {
        config: { access: ['maintenance_manager'] },
        schema: {
          summary: 'Object to a published result of one’s own',
          tags,
          body: appealInput,
          response: { 201: letterRef },
        },
      },
      async (request, reply) => {
        const done = await appeal(deps, viewerOf(request), request.body);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
  };
