import { v5 } from 'uuid';
import type { Tx } from '../../kernel/db.ts';
import type { IncidentId } from '../../kernel/ids.ts';
import { say } from '../../kernel/language.ts';
import { type Message, send } from '../../kernel/notify.ts';
import { CALLER } from './call.service.ts';
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

const MOBILE = /^1\d{10}$/;

/**
 * Tell whoever called for help, on his own phone, how far it is: once at each stage that matters, however often the
 * change is heard. Only people who called themselves; a drill tells nobody. Runs in the reaction's transaction.
 */
export async function tellCallers(tx: Tx<RescueTables>, deps: CallerDeps, incidentId: IncidentId): Promise<void> {
  const found = await incidentNow(tx, incidentId);
  if (!found || found.incident.drill) return;
  const { row, incident, coming } = found;
  const now = deps.now();
  const view = sosView(incident, coming, now);
  const what = TOLD[view.stage];
  if (!what) return;
  const calls = await tx
    .selectFrom('rescue.call as c')
    .innerJoin('rescue.incident as i', 'i.id', 'c.incident_id')
    .select(['c.id', 'c.caller'])
    .where('c.kind', '=', 'entrapment')
    .where('c.channel', 'in', ['phone', 'qr'])
    .where('c.caller', 'is not', null)
    .where((e) => e.or([e('i.id', '=', row.id), e('i.joined_into', '=', row.id)]))
    .execute();
  const eta = view.etaMinutes === null ? '' : say('rescue.caller.coming_eta', 'zh', { minutes: view.etaMinutes });
  const params = { address: row.address, hotline: deps.settings.hotline, ...(what === 'coming' ? { eta } : {}) };
  const told = new Set<string>();
  const messages = calls.flatMap((call): Message[] => {
    const to = dialled(deps.secret.open(CALLER, call.caller ?? ''));
    if (!MOBILE.test(to) || told.has(to)) return [];
    told.add(to);
    // One person who calls twice is told once: the message is known by incident and number, not by call.
    const id = v5(`${what} ${deps.secret.lookup(CALLER, to)}`, row.id);
    return [{ id, channel: 'sms', to, code: `rescue.caller.${what}`, params, subject: row.id, at: now }];
  });
  await send(tx, deps.secret, messages);
}

const dialled = (caller: string): string =>
  caller
    .normalize('NFKC')
    .replace(/[\s-]/g, '')
    .replace(/^\+?86(?=1\d{10}$)/, '');
