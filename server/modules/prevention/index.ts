import type { Kernel, Module } from '../../kernel/module.ts';
import { plainOf } from '../../kernel/packs.ts';
import { scopedOn } from '../../kernel/scope.ts';
import { type CalendarPack, calendarOf } from '../identity/index.ts';
import type { InsurancePack } from '../insurance/index.ts';
import { checkRoutes } from './check.routes.ts';
import type { PreventionDeps } from './deps.ts';
import { findingReminder } from './finding-reminder.service.ts';
import { letterRoutes } from './letter.routes.ts';
import { type PreventionPack, preventionPack } from './pack.ts';
import { preventionReactions } from './reactions.ts';
import { serviceRoutes } from './service.routes.ts';
import type { PreventionTables } from './tables.ts';
import { visitRoutes } from './visit.routes.ts';
import { preventionWaiting } from './waiting.views.ts';

export * from './events.ts';
export { type PreventionPack, preventionPack };

type Pack = { files: { prevention: PreventionPack; insurance: InsurancePack; calendar: CalendarPack } };

/** 保险+服务: what insurers do to prevent harm, and how well they keep their word. */
export function preventionModule(kernel: Kernel, pack: Pack): Module {
  const db = kernel.db.withTables<PreventionTables>();
  const { now, newId } = kernel;
  const settings = plainOf(pack.files.prevention);
  return preventionModuleOn({
    db,
    scoped: scopedOn(db),
    now,
    newId,
    calendar: calendarOf(pack.files.calendar),
    settings,
    leastAnswers: pack.files.insurance.satisfactionLeastAnswers.value,
  });
}

/** The module on given means. */
export const preventionModuleOn = (deps: PreventionDeps): Module => ({
  name: 'prevention',
  waiting: preventionWaiting,
  routes: async (app) => {
    for (const routes of [visitRoutes, serviceRoutes, checkRoutes, letterRoutes]) await app.register(routes(deps));
  },
  reactions: preventionReactions(deps),
  tasks: findingReminder(deps),
});
