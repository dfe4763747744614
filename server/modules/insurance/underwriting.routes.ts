import type { Routes } from '../../kernel/http.ts';
import type { InsuranceDeps } from './deps.ts';
import { endorsementRoutes } from './endorsement.routes.ts';
import { policyRoutes } from './policy.routes.ts';
import { quoteRoutes } from './quote.routes.ts';

/** From a wish for cover to the policy and whatever changes it. */
export const underwritingRoutes =
  (deps: InsuranceDeps): Routes =>
  async (app) => {
    for (const routes of [quoteRoutes, policyRoutes, endorsementRoutes]) await app.register(routes(deps));
  };
