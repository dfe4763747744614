import type { Kernel, Module } from '../../kernel/module.ts';
import { plainOf } from '../../kernel/packs.ts';
import { scopedOn } from '../../kernel/scope.ts';
import { type CalendarPack, calendarOf } from '../identity/index.ts';
import { claimModule } from './claim/claim.module.ts';
import type { InsuranceDeps } from './deps.ts';
import { surveyReactions } from './figures/survey.reactions.ts';
import { type MoneyFiles, moneyPart } from './money/money.part.ts';
import { type InsurancePack, insurancePack } from './pack.ts';
import { instalmentReminder } from './policy/instalment.routes.ts';
import { underwritingRoutes } from './policy/underwriting.routes.ts';
import { verifyPages } from './policy/verify.pages.ts';
import { fileSchemes } from './product/scheme.store.ts';
import type { InsuranceTables } from './tables.ts';
import { insuranceWaiting } from './waiting.views.ts';

export {
  type Cover,
  coversOn,
  insuredElevators,
  insuredOn,
  type OwedServices,
  policyCard,
  servicesOwed,
  shownCover,
} from './claim/cover.views.ts';
export { insurersOf, type PromiseKept, paidItems, promisesKept } from './claim/performance.views.ts';
export { type ClaimChanged, readClaimChanged } from './events.ts';
export { claimsByUnit, marketShares, unitsOfPolicy } from './market.views.ts';
export { type InsurancePack, insurancePack };

type InsuranceFiles = MoneyFiles & { files: { calendar: CalendarPack } };

/** From tariff to policy, money and books. */
export function insuranceModule(kernel: Kernel, pack: InsuranceFiles): Module {
  const { now, newId } = kernel;
  const db = kernel.db.withTables<InsuranceTables>();
  const settings = plainOf(pack.files.insurance);
  const payers = new Map(settings.schemes.map((s) => [s.code, s.subsidisedPayers]));
  const subsidisedPayers = (code: string | null) => payers.get(code ?? '') ?? [];
  const deps: InsuranceDeps = {
    db,
    scoped: scopedOn(db),
    now,
    newId,
    subsidisedPayers,
    sharesCommission: settings.poolCommission === 'by_share',
  };
  const money = moneyPart(deps, kernel.config.dataDir, pack);
  const calendar = calendarOf(pack.files.calendar);
  const claims = claimModule(kernel, { deps, settings, calendar });
  return {
    name: 'insurance',
    waiting: insuranceWaiting,
    tasks: { ...money.tasks, ...instalmentReminder(deps) },
    routes: async (app) => {
      await app.register(money.routes);
      await app.register(underwritingRoutes(deps, { dataDir: kernel.config.dataDir, calendar }));
      await app.register(claims.routes);
    },
    pages: async (app) => {
      await app.register(claims.pages);
      await app.register(verifyPages(deps));
    },
    reactions: { ...claims.reactions, ...surveyReactions },
    start: async () => {
      await db.transaction().execute((tx) => fileSchemes(tx, settings, newId));
      return () => Promise.resolve();
    },
  };
}
