import { z } from 'zod';
import { REGULATORS } from '../../../contract/identity-vocabulary.ts';
import {
  listQuery,
  placementInput,
  placementRef,
  sellerChange,
  sellerInput,
  sellerPage,
  sellerRef,
  tieDecision,
  tiePage,
  tieQuery,
  tieRef,
  tieRun,
  unitFactInput,
  unitFactRef,
  unmasked,
  unmaskInput,
} from '../../../contract/market.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import type { OrgId } from '../../kernel/ids.ts';
import type { MarketDeps } from './deps.ts';
import {
  endSeller,
  recordFact,
  recordPlacement,
  registerSeller,
  type UnitFact,
  unmaskSeller,
} from './seller.service.ts';
import { listSellers } from './seller.views.ts';
import { status } from './status.ts';
import { decideTie, runTies } from './tie.service.ts';
import { listTies } from './tie.views.ts';

const tags = ['market'];
const byId = z.object({ id: z.uuid() });
const SELLS = ['underwriter'];

/** The register of salespeople and what they placed: the insurer's to keep, the regulators' to read. */
export const sellerRoutes =
  (deps: MarketDeps): Routes =>
  async (app) => {
    app.get(
      '/market/salespeople',
      {
        config: { access: [...REGULATORS, ...SELLS] },
        schema: { summary: 'Salespeople, masked', tags, querystring: listQuery, response: { 200: sellerPage } },
      },
      (request) => deps.scoped(viewerOf(request), (tx) => listSellers(tx, deps, request.query)),
    );
    app.post(
      '/market/salespeople',
      {
        config: { access: SELLS },
        schema: { summary: 'Register a salesperson', tags, body: sellerInput, response: { 201: sellerRef } },
      },
      async (request, reply) => {
        const done = await registerSeller(deps, viewerOf(request), request.body);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/market/salespeople/:id/end',
      {
        config: { access: SELLS },
        schema: { summary: 'He no longer sells', tags, params: byId, body: sellerChange, response: { 200: sellerRef } },
      },
      async (request, reply) => {
        const done = await endSeller(deps, viewerOf(request), { id: request.params.id, ...request.body });
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/market/salespeople/:id/unmasking',
      {
        config: { access: [...REGULATORS, ...SELLS] },
        schema: {
          summary: 'Name and phone in plain, for a reason that is kept',
          tags,
          params: byId,
          body: unmaskInput,
          response: { 200: unmasked },
        },
      },
      async (request, reply) => {
        const done = await unmaskSeller(deps, viewerOf(request), { id: request.params.id, ...request.body });
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/market/placements',
      {
        config: { access: SELLS },
        schema: { summary: 'Who placed a policy', tags, body: placementInput, response: { 201: placementRef } },
      },
      async (request, reply) => {
        const done = await recordPlacement(deps, viewerOf(request), request.body);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    await app.register(tieRoutes(deps));
  };

/** Ties between sellers and maintenance units: officials only. */
const tieRoutes =
  (deps: MarketDeps): Routes =>
  async (app) => {
    app.post(
      '/market/unit-facts',
      {
        config: { access: REGULATORS },
        schema: {
          summary: 'What is known of a maintenance unit: account, shareholding, employment',
          tags,
          body: unitFactInput,
          response: { 201: unitFactRef },
        },
      },
      async (request, reply) => {
        const fact: UnitFact = { ...request.body, orgId: request.body.orgId as OrgId };
        const done = await recordFact(deps, viewerOf(request), fact);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.post(
      '/market/ties/runs',
      {
        config: { access: ['city_regulator'] },
        schema: { summary: 'Look for ties now', tags, response: { 200: tieRun } },
      },
      (request) => runTies(deps, viewerOf(request).accountId),
    );
    app.get(
      '/market/ties',
      {
        config: { access: REGULATORS },
        schema: { summary: 'Ties, the heaviest first', tags, querystring: tieQuery, response: { 200: tiePage } },
      },
      (request) => deps.scoped(viewerOf(request), (tx) => listTies(tx, deps, request.query)),
    );
    app.post(
      '/market/ties/:id/decision',
      {
        config: { access: REGULATORS },
        schema: {
          summary: 'Say what a tie is, with the reason',
          tags,
          params: byId,
          body: tieDecision,
          response: { 200: tieRef },
        },
      },
      async (request, reply) => {
        const done = await decideTie(deps, viewerOf(request), { id: request.params.id, ...request.body });
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );
  };
