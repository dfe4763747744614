import type { Kernel, Module } from '../../kernel/module.ts';
import { plainOf } from '../../kernel/packs.ts';
import { scopedOn } from '../../kernel/scope.ts';
import { secretData } from '../../kernel/secret-data.ts';
import { type CalendarPack, calendarOf } from '../identity/index.ts';
import type { MarketDeps } from './deps.ts';
import { type MarketPack, marketPack } from './pack.ts';
import { fairRoutes, programmeRoutes } from './programme.routes.ts';
import { sellerRoutes } from './seller.routes.ts';
import type { MarketTables } from './tables.ts';
import { runTies } from './tie.service.ts';

export { type MarketPack, marketPack };

type Pack = { files: { market: MarketPack; calendar: CalendarPack } };

/** A market that is open, and seen to be: sellers, ties, complaints, a district's programme. */
export function marketModule(kernel: Kernel, pack: Pack): Module {
  const db = kernel.db.withTables<MarketTables>();
  const { now, newId, keys, config } = kernel;
  return marketModuleOn({
    db,
    scoped: scopedOn(db),
    now,
    newId,
    secret: secretData(keys, config.cipher),
    calendar: calendarOf(pack.files.calendar),
    settings: plainOf(pack.files.market),
  });
}

/** The module on given means. Ties are looked for every night. */
export const marketModuleOn = (deps: MarketDeps): Module => ({
  name: 'market',
  routes: async (app) => {
    for (const routes of [sellerRoutes, fairRoutes, programmeRoutes]) await app.register(routes(deps));
  },
  tasks: { market_find_ties: { cron: '40 19 * * *', run: async () => void (await runTies(deps, 'system')) } },
});
