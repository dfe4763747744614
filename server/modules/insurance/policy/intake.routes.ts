import { z } from 'zod';
import {
  comparisonInput,
  comparisonView,
  confirmation,
  elsewhereDone,
  elsewhereInput,
  insurerList,
  numbersDone,
  numbersInput,
  numbersView,
  referralDecision,
  referralDone,
  renewalDone,
  renewalList,
  renewalQuery,
} from '../../../../contract/insurance-intake.ts';
import { problem, type Routes, sendProblem, viewerOf } from '../../../kernel/http.ts';
import type { ElevatorId, OrgId } from '../../../kernel/ids.ts';
import { languageOf, say } from '../../../kernel/language.ts';
import { fen } from '../../../kernel/money.ts';
import { isDayKey, pageOf, readPlace } from '../../../kernel/page.ts';
import { type Day, dayOf } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { keyHeader } from '../once.rules.ts';
import { once } from '../once.service.ts';
import { READERS, TAKERS } from '../roles.ts';
import { status } from '../status.ts';
import { compare } from './comparison.service.ts';
import { confirmElsewhere, recordElsewhere } from './elsewhere.service.ts';
import { listBrokers } from './mandate.store.ts';
import { standingOf } from './number.rules.ts';
import { giveNumbers, listInsurers, numbersOf } from './number.store.ts';
import { withWhy } from './quote.routes.ts';
import { viewComparison } from './quote.views.ts';
import { sayOnReferral } from './referral.service.ts';
import { renew } from './renewal.service.ts';
import { listRenewals } from './renewal.store.ts';

const tags = ['insurance'];
const byId = z.object({ id: z.uuid() });

/** Offers side by side, and who says a word on a referral. */
export const offerRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.post(
      '/insurance/comparisons',
      {
        config: { access: [...TAKERS, 'broker'] },
        schema: {
          summary: 'Offers of every product on sale for the same elevators, in an order drawn by lot',
          tags,
          headers: keyHeader,
          body: comparisonInput,
          response: { 201: z.object({ comparisonId: z.uuid() }) },
        },
      },
      async (request, reply) => {
        const { body } = request;
        const viewer = viewerOf(request);
        const wish = {
          kind: body.kind,
          holderOrgId: body.holderOrgId as OrgId,
          elevatorIds: body.elevatorIds as ElevatorId[] | null,
          from: body.from as Day,
        };
        const keyed = { key: request.headers['idempotency-key'], act: 'compare', body };
        const done = await once({ deps, viewer }, keyed, (d) => compare(d, viewer, wish));
        if (done.ok) return reply.code(201).send(done.value);
        return problem(reply, status, withWhy(done.refusal, languageOf(request)));
      },
    );
    app.get(
      '/insurance/comparisons/:id',
      {
        config: { access: [...TAKERS, 'broker', 'city_regulator', 'district_regulator'] },
        schema: { summary: 'A comparison as it was drawn', tags, params: byId, response: { 200: comparisonView } },
      },
      async (request, reply) => {
        const found = await deps.scoped(viewerOf(request), (tx) => viewComparison(tx, request.params.id));
        return found ?? problem(reply, status, { code: 'insurance.comparison_not_found' });
      },
    );
    app.post(
      '/insurance/quotes/:id/referral',
      {
        config: { access: ['underwriter'], human: true },
        schema: {
          summary: 'Say one’s word on a referred quote; two people release it',
          tags,
          params: byId,
          body: referralDecision,
          response: { 200: referralDone },
        },
      },
      async (request, reply) => {
        const done = await sayOnReferral(deps, viewerOf(request), { quoteId: request.params.id, ...request.body });
        return done.ok ? done.value : problem(reply, status, done.refusal);
      },
    );
  };

/** Numbers insurers allot. */
export const numberRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.post(
      '/insurance/policy-numbers',
      {
        config: { access: ['underwriter'] },
        schema: {
          summary: 'Allot policy numbers to the platform, used in the order given',
          tags,
          body: numbersInput,
          response: { 200: numbersDone },
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const { orgId } = viewer;
        if (orgId === null) return sendProblem(reply, { status: 409, code: 'insurance.no_organisation' });
        const numbers = [...new Set(numbersFrom(request.body))];
        const known = await deps.scoped(viewer, (tx) =>
          giveNumbers(tx, { insurer: orgId, numbers, by: viewer.accountId, at: deps.now() }),
        );
        return { added: numbers.length - known.length, known: [...known] };
      },
    );
    app.get(
      '/insurance/policy-numbers',
      {
        config: { access: ['underwriter'] },
        schema: { summary: 'How many allotted numbers are left', tags, response: { 200: numbersView } },
      },
      async (request) => {
        const numbers = await deps.scoped(viewerOf(request), (tx) => numbersOf(tx));
        return { ...numbers, standing: standingOf(numbers) };
      },
    );
    app.get(
      '/insurance/insurers',
      {
        config: { access: 'signed_in', roleMachines: true },
        schema: { summary: 'Insurers, by name', tags, response: { 200: insurerList } },
      },
      async (request) => ({ items: await deps.scoped(viewerOf(request), (tx) => listInsurers(tx)) }),
    );
    app.get(
      '/insurance/brokers',
      {
        config: { access: 'signed_in', roleMachines: true },
        schema: { summary: 'Brokers, by name', tags, response: { 200: insurerList } },
      },
      async (request) => ({ items: await deps.scoped(viewerOf(request), (tx) => listBrokers(tx)) }),
    );
  };

function numbersFrom(body: z.infer<typeof numbersInput>): readonly string[] {
  if ('numbers' in body) return body.numbers;
  const { prefix, first, count, digits } = body;
  return Array.from({ length: count }, (_, i) => `${prefix}${String(first + i).padStart(digits, '0')}`);
}

/** What is renewed, and what was issued elsewhere. */
export const renewalRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/renewals',
      {
        config: { access: READERS },
        schema: {
          summary: 'Policies that end soon, or ended without a successor, page by page',
          tags,
          querystring: renewalQuery,
          response: { 200: renewalList },
        },
      },
      async (request) => {
        const within = request.query.within ?? null;
        const now = deps.now();
        const today = dayOf(now);
        const { limit } = request.query;
        const after = readPlace(request.query.after, isDayKey);
        const rows = await deps.scoped(viewerOf(request), (tx) =>
          listRenewals(tx, { today, within, now, after, limit }),
        );
        const days = (to: string) => Math.round((Date.parse(to) - Date.parse(today)) / 86_400_000);
        return {
          within,
          ...pageOf(rows, limit, {
            place: (row) => ({ key: row.to_on, id: row.id }),
            item: ({ id, to_on, quote_id, next_id, ...row }) => ({
              ...row,
              policyId: id,
              to: to_on,
              daysLeft: days(to_on),
              quoteId: quote_id,
              nextPolicyId: next_id,
            }),
          }),
        };
      },
    );
    app.post(
      '/insurance/policies/:id/renewal',
      {
        config: { access: TAKERS },
        schema: {
          summary: 'Quote the next year of a policy, from the day after its last',
          tags,
          params: byId,
          headers: keyHeader,
          response: { 201: renewalDone },
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const keyed = { key: request.headers['idempotency-key'], act: `renew ${request.params.id}`, body: null };
        const done = await once({ deps, viewer }, keyed, (d) => renew(d, viewer, request.params.id));
        if (done.ok) return reply.code(201).send(done.value);
        return problem(reply, status, withWhy(done.refusal, languageOf(request)));
      },
    );
    app.post(
      '/insurance/policies/elsewhere',
      {
        config: { access: [...TAKERS, 'broker'] },
        schema: {
          summary: 'Record a policy issued elsewhere; its insurer confirms it',
          tags,
          body: elsewhereInput,
          response: { 201: elsewhereDone },
        },
      },
      async (request, reply) => {
        const { insurerOrgId, from, to, premium, ...rest } = request.body;
        const done = await recordElsewhere(deps, viewerOf(request), {
          ...rest,
          insurerOrgId: insurerOrgId as OrgId,
          from: from as Day,
          to: to as Day,
          premium: fen(premium),
        });
        if (!done.ok) return problem(reply, status, done.refusal);
        const { policyId, elevators, unknown } = done.value;
        const why = say('insurance.roster_unknown', languageOf(request));
        return reply.code(201).send({ policyId, elevators, faults: unknown.map((code) => ({ code, why })) });
      },
    );
    app.post(
      '/insurance/policies/:id/confirmation',
      {
        config: { access: ['underwriter'] },
        schema: {
          summary: 'Say whether a policy recorded in one’s name is one’s own',
          tags,
          params: byId,
          body: confirmation,
        },
      },
      async (request, reply) => {
        const done = await confirmElsewhere(deps, viewerOf(request), { policyId: request.params.id, ...request.body });
        return done.ok ? reply.code(204).send() : problem(reply, status, done.refusal);
      },
    );
  };
