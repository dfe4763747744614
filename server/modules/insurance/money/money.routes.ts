import { INSURERS } from '../../../../contract/identity-vocabulary.ts';
import { balanceList, bankLineBooked, bankLineInput } from '../../../../contract/insurance.ts';
import { isMachine, problem, type Routes, viewerOf } from '../../../kernel/http.ts';
import type { OrgId } from '../../../kernel/ids.ts';
import { fen, sum } from '../../../kernel/money.ts';
import type { InsuranceDeps } from '../deps.ts';
import { receive } from '../policy/policy.service.ts';
import { status } from '../status.ts';
import { bankRoutes } from './bank.routes.ts';
import { accountBalances } from './ledger.store.ts';
import { matchRoutes } from './match.routes.ts';

const tags = ['insurance'];

/** Money and books: the insurer's own people only. */
export const moneyRoutes =
  (deps: InsuranceDeps, dataDir: string): Routes =>
  async (app) => {
    await app.register(bankRoutes(deps, dataDir));
    await app.register(matchRoutes(deps));
    app.post(
      '/insurance/bank-lines',
      {
        config: { access: ['cashier'] },
        schema: {
          summary: 'Book a line of a bank statement, once',
          tags,
          body: bankLineInput,
          response: { 201: bankLineBooked },
        },
      },
      async (request, reply) => {
        const { body } = request;
        const viewer = viewerOf(request);
        const done = await receive(deps, viewer, {
          ...body,
          leadOrgId: body.leadOrgId as OrgId,
          at: new Date(body.at),
          amount: fen(body.amount),
          byHand: body.byHand || !isMachine(viewer), // a person's word is no bank's
          allocations: body.allocations.map((a) => ({ ...a, amount: fen(a.amount) })),
        });
        return done.ok ? reply.code(201).send(done.value) : problem(reply, status, done.refusal);
      },
    );
    app.get(
      '/insurance/balances',
      {
        config: { access: INSURERS },
        schema: { summary: 'What every account of the books holds', tags, response: { 200: balanceList } },
      },
      async (request) => {
        const items = [...(await deps.scoped(viewerOf(request), (tx) => accountBalances(tx)))];
        return { items, sum: sum(items.map((i) => i.amount)) };
      },
    );
  };
