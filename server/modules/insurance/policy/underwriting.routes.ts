import type { Routes } from '../../../kernel/http.ts';
import type { Calendar } from '../../../kernel/time.ts';
import type { InsuranceDeps } from '../deps.ts';
import { pensionRoutes } from '../pension/pension.routes.ts';
import { evidenceRoutes } from '../product/evidence.routes.ts';
import { admissionRoutes, filingRoutes } from '../product/filing.routes.ts';
import { batchRoutes } from './batch.routes.ts';
import { documentRoutes } from './document.routes.ts';
import { elsewhereRoutes } from './elsewhere.routes.ts';
import { endorsementRoutes } from './endorsement.routes.ts';
import { fundingRoutes } from './funding.routes.ts';
import { instalmentRoutes } from './instalment.routes.ts';
import { numberRoutes, offerRoutes, renewalRoutes } from './intake.routes.ts';
import { lineRoutes } from './line.routes.ts';
import { mandateRoutes } from './mandate.routes.ts';
import { noticeRoutes } from './notice.routes.ts';
import { policyRoutes } from './policy.routes.ts';
import { quoteRoutes } from './quote.routes.ts';
import { rosterRoutes } from './roster.routes.ts';

/** From a wish for cover to the policy and whatever changes it. */
export const underwritingRoutes =
  (deps: InsuranceDeps, { dataDir, calendar }: { dataDir: string; calendar: Calendar }): Routes =>
  async (app) => {
    await app.register(rosterRoutes(deps, dataDir));
    await app.register(elsewhereRoutes(deps, dataDir));
    for (const routes of [filingRoutes, admissionRoutes]) await app.register(routes({ ...deps, calendar }));
    for (const routes of [
      mandateRoutes,
      offerRoutes,
      quoteRoutes,
      numberRoutes,
      policyRoutes,
      batchRoutes,
      lineRoutes,
      noticeRoutes,
      evidenceRoutes,
      renewalRoutes,
      documentRoutes,
      endorsementRoutes,
      instalmentRoutes,
      fundingRoutes,
      pensionRoutes,
    ])
      await app.register(routes(deps));
  };
