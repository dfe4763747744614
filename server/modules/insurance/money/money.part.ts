import type { Routes } from '../../../kernel/http.ts';
import type { Tasks } from '../../../kernel/jobs.ts';
import { plainOf } from '../../../kernel/packs.ts';
import type { InsuranceDeps } from '../deps.ts';
import { actuarialRoutes } from '../figures/actuarial.routes.ts';
import { annexReminder, annexRoutes } from '../figures/annex.routes.ts';
import type { CoveragePack } from '../figures/coverage.pack.ts';
import { coverageRoutes } from '../figures/coverage.routes.ts';
import type { InsurancePack } from '../pack.ts';
import { booksRoutes } from './books.routes.ts';
import { bordereauRoutes } from './bordereau.routes.ts';
import { commissionRoutes } from './commission.routes.ts';
import { holdingRoutes } from './holding.routes.ts';
import { moneyRoutes } from './money.routes.ts';
import { subsidyRoutes } from './subsidy.routes.ts';

/** What money and official figures need of a city pack. */
export type MoneyFiles = {
  manifest: { name: { zh: string } };
  files: {
    insurance: InsurancePack;
    coverage: CoveragePack;
    divisions: { districts: { value: readonly { code: string }[] } };
  };
};

/** Money, books and official figures: their routes, and what runs by the clock. */
export function moneyPart(
  deps: InsuranceDeps,
  dataDir: string,
  { manifest, files }: MoneyFiles,
): { routes: Routes; tasks: Tasks } {
  const coverage = plainOf(files.coverage);
  const { annex } = coverage;
  const leastAnswers = files.insurance.satisfactionLeastAnswers.value;
  const districts = files.divisions.districts.value.map((d) => d.code);
  return {
    routes: async (app) => {
      await app.register(moneyRoutes(deps, dataDir));
      await app.register(booksRoutes(deps));
      await app.register(bordereauRoutes(deps));
      await app.register(subsidyRoutes(deps));
      await app.register(commissionRoutes(deps));
      await app.register(holdingRoutes(deps));
      await app.register(actuarialRoutes(deps));
      await app.register(coverageRoutes(deps, coverage));
      await app.register(annexRoutes(deps, { city: manifest.name.zh, leastAnswers, annex }));
    },
    tasks: annexReminder({ db: deps.db, now: deps.now, annex, districts }),
  };
}
