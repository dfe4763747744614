import { z } from 'zod';
import { INSURERS } from '../../../../contract/identity-vocabulary.ts';
import {
  bankReturnInput,
  bankWordInput,
  paidAtOut,
  paymentInput,
  paymentList,
  paymentOrdered,
  paymentQuery,
  recoveryGivenUp,
  recoveryInput,
  releaseDone,
  releaseInput,
} from '../../../../contract/insurance-claim-money.ts';
import { made } from '../../../../contract/insurance-claims.ts';
import { isMachine, type Routes, viewerOf } from '../../../kernel/http.ts';
import { languageOf, say } from '../../../kernel/language.ts';
import { fen } from '../../../kernel/money.ts';
import type { Viewer } from '../../../kernel/scope.ts';
import { keyHeader } from '../once.rules.ts';
import type { ClaimDeps } from './claim.deps.ts';
import { claimProblem } from './claim.status.ts';
import { giveUpRecovery, openRecovery, receiveRecovery } from './claim-after.service.ts';
import { type BankWord, confirmPayment, returnPayment } from './claim-bank.service.ts';
import { listPayments } from './claim-money.views.ts';
import { orderPayment, releasePayments } from './claim-payment.service.ts';

const tags = ['claims'];
const byId = z.object({ id: z.uuid() });
const partOf = z.object({ id: z.uuid(), part: z.uuid() });
const CASHIER = { access: ['cashier'] } as const;

/** What the bank said. A bank's interface says it; what a person tells is typed, and needs its proof and another's order. */
const wordOf = (given: z.output<typeof bankWordInput>, viewer: Viewer): BankWord => ({
  at: new Date(given.at),
  account: given.account,
  bankRef: given.bankRef,
  amount: fen(given.amount),
  byHand: given.byHand || !isMachine(viewer),
  proof: given.proof,
});

/** Payments: ordered once by key, let go by a second person, paid when the bank says so. */
export const claimPaymentRoutes =
  (deps: ClaimDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/claim-payments',
      {
        config: { access: INSURERS },
        schema: {
          summary: 'Payments of claims, page by page',
          tags,
          querystring: paymentQuery,
          response: { 200: paymentList },
        },
      },
      (request) => {
        const viewer = viewerOf(request);
        return deps.scoped(viewer, (tx) => listPayments(tx, deps, { viewer, query: request.query }));
      },
    );
    app.post(
      '/insurance/claims/:id/payments',
      {
        config: CASHIER,
        schema: {
          summary:
            'Order a payment on an accepted item. Needs an Idempotency-Key: the same key with another body is refused',
          tags,
          params: byId,
          headers: keyHeader,
          body: paymentInput,
          response: { 200: paymentOrdered },
        },
      },
      async (request, reply) => {
        const key = request.headers['idempotency-key'];
        if (!key) return claimProblem(reply, { code: 'insurance.key_missing' });
        const order = { ...request.body, amount: fen(request.body.amount) };
        const done = await orderPayment(deps, viewerOf(request), { claimId: request.params.id, order, key });
        return done.ok ? done.value : claimProblem(reply, done.refusal);
      },
    );
    app.post(
      '/insurance/claim-payments/release',
      {
        config: { ...CASHIER, human: true },
        schema: {
          summary: 'Let payments go that a rule proposed, as the second pair of eyes',
          tags,
          body: releaseInput,
          response: { 200: releaseDone },
        },
      },
      async (request) => {
        const { released, refused } = await releasePayments(deps, viewerOf(request), request.body.ids);
        const language = languageOf(request);
        return {
          released,
          refused: refused.map(({ id, refusal }) => ({
            id,
            code: refusal.code,
            title: say(refusal.code, language, refusal),
          })),
        };
      },
    );
    await app.register(bankRoutes(deps));
  };

const bankRoutes =
  (deps: ClaimDeps): Routes =>
  async (app) => {
    app.post(
      '/insurance/claim-payments/:id/arrival',
      {
        config: CASHIER,
        schema: {
          summary: 'The bank says that the money arrived; by hand only with proof',
          tags,
          params: byId,
          body: bankWordInput,
          response: { 200: paidAtOut },
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const told = { id: request.params.id, word: wordOf(request.body, viewer) };
        const done = await confirmPayment(deps, viewer, told);
        return done.ok ? { paidAt: done.value.paidAt.toISOString() } : claimProblem(reply, done.refusal);
      },
    );
    app.post(
      '/insurance/claim-payments/:id/return',
      {
        config: CASHIER,
        schema: {
          summary: 'The bank gave it back: it is owed again',
          tags,
          params: byId,
          body: bankReturnInput,
          response: { 200: made },
        },
      },
      async (request, reply) => {
        const { reason, ...word } = request.body;
        const told = { id: request.params.id, word: wordOf(word, viewerOf(request)), reason };
        const done = await returnPayment(deps, viewerOf(request), told);
        return done.ok ? { id: request.params.id } : claimProblem(reply, done.refusal);
      },
    );
    await app.register(recoveryRoutes(deps));
  };

const recoveryRoutes =
  (deps: ClaimDeps): Routes =>
  async (app) => {
    app.post(
      '/insurance/claims/:id/recoveries',
      {
        config: { access: INSURERS },
        schema: {
          summary: 'Claim back what was paid, or sell what is left',
          tags,
          params: byId,
          body: recoveryInput,
          response: { 201: made },
        },
      },
      async (request, reply) => {
        const given = { ...request.body, amount: fen(request.body.amount), claimId: request.params.id };
        const done = await openRecovery(deps, viewerOf(request), given);
        return done.ok ? reply.code(201).send(done.value) : claimProblem(reply, done.refusal);
      },
    );
    app.post(
      '/insurance/claims/:id/recoveries/:part/receipt',
      {
        config: CASHIER,
        schema: {
          summary: 'Money of a recovery has arrived',
          tags,
          params: partOf,
          body: bankWordInput,
          response: { 200: made },
        },
      },
      async (request, reply) => {
        const { id: claimId, part: id } = request.params;
        const viewer = viewerOf(request);
        const done = await receiveRecovery(deps, viewer, { claimId, id, word: wordOf(request.body, viewer) });
        return done.ok ? done.value : claimProblem(reply, done.refusal);
      },
    );
    app.post(
      '/insurance/claims/:id/recoveries/:part/end',
      {
        config: { access: INSURERS },
        schema: {
          summary: 'Give up what is left of a recovery',
          tags,
          params: partOf,
          body: recoveryGivenUp,
          response: { 200: made },
        },
      },
      async (request, reply) => {
        const { id: claimId, part: id } = request.params;
        const done = await giveUpRecovery(deps, viewerOf(request), { claimId, id, ...request.body });
        return done.ok ? done.value : claimProblem(reply, done.refusal);
      },
    );
  };
