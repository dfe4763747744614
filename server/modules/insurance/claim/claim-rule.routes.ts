import { INSURERS } from '../../../../contract/identity-vocabulary.ts';
import {
  authorityInput,
  authorityList,
  cleanRuleInput,
  cleanRuleList,
  releaseLimitInput,
} from '../../../../contract/insurance-claim-money.ts';
import { made } from '../../../../contract/insurance-claims.ts';
import { type Routes, viewerOf } from '../../../kernel/http.ts';
import { fen } from '../../../kernel/money.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { claimProblem } from './claim.status.ts';
import { listAuthorities, listCleanRules } from './claim-money.views.ts';
import { approveRule, setAuthority, setReleaseLimit, withdrawRule } from './clean-rule.service.ts';

const tags = ['claims'];

/** What an insurer lets a rule decide, and up to which amount its people decide alone. */
export const claimRuleRoutes =
  (deps: ClaimDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/clean-rules',
      {
        config: { access: INSURERS },
        schema: {
          summary: 'The clean rules of entrapment claims, newest first',
          tags,
          response: { 200: cleanRuleList },
        },
      },
      async (request) => {
        const viewer = viewerOf(request);
        return { items: await deps.scoped(viewer, (tx) => listCleanRules(tx, viewer)) };
      },
    );
    app.post(
      '/insurance/clean-rules',
      {
        config: { access: ['approver'] },
        schema: { summary: 'Approve a clean rule', tags, body: cleanRuleInput, response: { 201: made } },
      },
      async (request, reply) => {
        const { mostPerHead, mostHeads } = request.body;
        const done = await approveRule(deps, viewerOf(request), { mostPerHead: fen(mostPerHead), mostHeads });
        return done.ok ? reply.code(201).send(done.value) : claimProblem(reply, done.refusal);
      },
    );
    app.post(
      '/insurance/clean-rules/release-limit',
      {
        config: { access: ['approver', 'cashier'] },
        schema: {
          summary: 'Up to which sum a day payments by rule leave without a further look; by a second person',
          tags,
          body: releaseLimitInput,
          response: { 200: made },
        },
      },
      async (request, reply) => {
        const done = await setReleaseLimit(deps, viewerOf(request), fen(request.body.limit));
        return done.ok ? done.value : claimProblem(reply, done.refusal);
      },
    );
    app.post(
      '/insurance/clean-rules/withdrawal',
      {
        config: { access: ['approver', 'handler', 'cashier'] },
        schema: { summary: 'Withdraw the clean rule: every draft goes to a handler', tags, response: { 200: made } },
      },
      async (request, reply) => {
        const done = await withdrawRule(deps, viewerOf(request));
        return done.ok ? done.value : claimProblem(reply, done.refusal);
      },
    );
    await app.register(authorityRoutes(deps));
  };

const authorityRoutes =
  (deps: ClaimDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/claim-authorities',
      {
        config: { access: INSURERS },
        schema: { summary: 'Up to which amount each role decides alone', tags, response: { 200: authorityList } },
      },
      async (request) => {
        const viewer = viewerOf(request);
        return { items: await deps.scoped(viewer, (tx) => listAuthorities(tx, viewer)) };
      },
    );
    app.post(
      '/insurance/claim-authorities',
      {
        config: { access: ['underwriter'], human: true },
        schema: {
          summary: 'Set up to which amount a role decides; by somebody who decides no claims',
          tags,
          body: authorityInput,
          response: { 201: made },
        },
      },
      async (request, reply) => {
        const done = await setAuthority(deps, viewerOf(request), request.body);
        return done.ok ? reply.code(201).send(done.value) : claimProblem(reply, done.refusal);
      },
    );
  };
