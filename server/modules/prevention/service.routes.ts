import { z } from 'zod';
import { INSURERS, OFFICIALS } from '../../../contract/identity-vocabulary.ts';
import { costBooked, costInput, costList, costReversal, pageQuery, servicePage } from '../../../contract/prevention.ts';
import { problem, type Routes, viewerOf } from '../../kernel/http.ts';
import { dayOf } from '../../kernel/time.ts';
import { bookCost, reverseCost } from './cost.service.ts';
import type { PreventionDeps } from './deps.ts';
import { listCosts, listServices } from './service.views.ts';
import { status } from './status.ts';

const tags = ['prevention'];
const byId = z.object({ id: z.uuid() });
const READ = [...OFFICIALS, ...INSURERS, 'broker', 'use_unit_head', 'safety_director'];
const BOOK = ['surveyor', 'handler', 'cashier'];

/** What policies owe beside their cover, what was given, and what it cost. */
export const serviceRoutes =
  (deps: PreventionDeps): Routes =>
  async (app) => {
    app.get(
      '/prevention/services',
      {
        config: { access: READ },
        schema: {
          summary: 'Services owed, given and paid for, policy by policy',
          tags,
          querystring: pageQuery,
          response: { 200: servicePage },
        },
      },
      (request) =>
        deps.scoped(viewerOf(request), (tx) =>
          listServices(tx, {
            on: dayOf(deps.now()),
            after: request.query.after,
            limit: request.query.limit,
            capPercent: deps.settings.serviceCostCapPercent,
          }),
        ),
    );
    app.post(
      '/prevention/costs',
      {
        config: { access: BOOK },
        schema: { summary: 'Book what a service cost, once', tags, body: costInput, response: { 201: costBooked } },
      },
      async (request, reply) => {
        const done = await bookCost(deps, viewerOf(request), request.body);
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.get(
      '/prevention/policies/:id/costs',
      {
        config: { access: READ },
        schema: { summary: 'Cost entries of a policy', tags, params: byId, response: { 200: costList } },
      },
      (request) => deps.scoped(viewerOf(request), (tx) => listCosts(tx, request.params.id)),
    );
    app.post(
      '/prevention/costs/:id/reversal',
      {
        config: { access: BOOK },
        schema: {
          summary: 'Undo a cost entry by its opposite',
          tags,
          params: byId,
          body: costReversal,
          response: { 201: costBooked },
        },
      },
      async (request, reply) => {
        const done = await reverseCost(deps, viewerOf(request), { costId: request.params.id, ...request.body });
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
  };
