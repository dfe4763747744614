import { actuarialAnswer, actuarialQuery } from '../../../../contract/insurance-actuarial.ts';
import { type Routes, viewerOf } from '../../../kernel/http.ts';
import type { InsuranceDeps } from '../deps.ts';
import { actuarialAt } from './actuarial.views.ts';

/** What the books say of the business: for insurers of their own, for broker and city across insurers. */
export const actuarialRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    app.get(
      '/insurance/actuarial',
      {
        config: { access: ['underwriter', 'approver', 'broker', 'city_regulator'] },
        schema: {
          summary: 'Earned and unearned premium, outstanding, loss ratios, reserves with errors, credibility advice',
          tags: ['insurance'],
          querystring: actuarialQuery,
          response: { 200: actuarialAnswer },
        },
      },
      async (request) => {
        const at = request.query.at ? new Date(request.query.at) : deps.now();
        const figures = await deps.scoped(viewerOf(request), (tx) => actuarialAt(tx, at));
        return { at: at.toISOString(), ...figures };
      },
    );
  };
