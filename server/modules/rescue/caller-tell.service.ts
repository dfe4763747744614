import { v5 } from 'uuid';
import type { Tx } from '../../kernel/db.ts';
import type { IncidentId } from '../../kernel/ids.ts';
import { say } from '../../kernel/language.ts';
import { type Message, send } from '../../kernel/notify.ts';
import { CALLER } from './call.service.ts';
import { callersOf, hasCallers } from './callers.views.ts';
import type { RescueDeps } from './deps.ts';
import type { Stage } from './script.rules.ts';
import { sosView } from './sos.rules.ts';
import { incidentNow } from './sos.views.ts';
import type { RescueTables } from './tables.ts';

export type CallerDeps = Pick<RescueDeps, 'now' | 'secret' | 'settings'>;

/** What is told at which stage. Asking somebody is no news yet; a call that was dismissed was spoken about by the desk. */
const TOLD: Readonly<Record<Stage, string | null>> = {
  received: 'received',
  asking: 'received',
  coming: 'coming',
  emergency_services: 'emergency_services',
  on_site: 'on_site',
  after: 'after',
  dismissed: null,
};

/**
 * Tell whoever called for help, on his own phone, how far it is: once at each stage that matters, however often the
 * change is heard. Only people who called themselves; a drill tells nobody. Runs in the reaction's transaction.
 */
export async function tellCallers(tx: Tx<RescueTables>, deps: CallerDeps, incidentId: IncidentId): Promise<void> {
  if (!(await hasCallers(tx, incidentId))) return; // sensors saw it: there is nobody to tell
  const found = await incidentNow(tx, incidentId);
  if (!found || found.incident.drill) return;
  const { row, incident, coming } = found;
  const now = deps.now();
  const view = sosView(incident, coming, now);
  const what = TOLD[view.stage];
  if (!what) return;
  const eta = view.etaMinutes === null ? '' : say('rescue.caller.coming_eta', 'zh', { minutes: view.etaMinutes });
  const params = { address: row.address, hotline: deps.settings.hotline, ...(what === 'coming' ? { eta } : {}) };
  const phones = await callersOf(tx, deps.secret, { incidentId: row.id });
  const messages = phones.map((to): Message => {
    // One person who calls twice is told once: the message is known by incident and number, not by call.
    const id = v5(`${what} ${deps.secret.lookup(CALLER, to)}`, row.id);
    return { id, channel: 'sms', to, code: `rescue.caller.${what}`, params, subject: row.id, at: now };
  });
  await send(tx, deps.secret, messages);
}
