import { v5 } from 'uuid';
import type { Tx } from '../../kernel/db.ts';
import type { IncidentId, PersonId } from '../../kernel/ids.ts';
import { type Message, type Notice, notify, send } from '../../kernel/notify.ts';
import { accountsOf, contactsOf, type IdentityTables } from '../identity/index.ts';
import type { CommandDeps, RescueDeps } from './deps.ts';
import type { RescueTables } from './tables.ts';

export type TellDeps = Pick<CommandDeps, 'now'> & Pick<RescueDeps, 'secret'>;

/** Orders after which whoever was sent need not go any more. */
const STANDS_DOWN = new Set(['withdraw', 'dismiss', 'merge']);

/**
 * Tell rescuers what is asked of them, on the phone by text and in the product: an offer to answer, or that nobody need
 * come. A drill is told in the product alone: no text leaves the house for it. Each is told once of each offer, however often the change is heard. Runs in the reaction's transaction.
 */
export async function tellRescuers(
  tx: Tx<unknown>,
  deps: TellDeps,
  { incidentId, by }: { incidentId: string; by: string },
): Promise<void> {
  const state = STANDS_DOWN.has(by) ? ('withdrawn' as const) : ('offered' as const);
  const offers = await offersOf(tx.withTables<RescueTables>(), incidentId as IncidentId, state);
  if (offers.length === 0) return;
  const people = offers.map((o) => o.person_id);
  const identity = tx.withTables<IdentityTables>();
  const contacts = await contactsOf({ db: identity, secret: deps.secret }, people);
  const accounts = await accountsOf(identity, people);
  const at = deps.now();
  const messages: Message[] = [];
  const notices: Notice[] = [];
  for (const { id, person_id, number, address, drill } of offers) {
    const told = !drill ? state : state === 'offered' ? 'drill' : 'drill_withdrawn';
    const params = { number, address };
    const to = contacts.get(person_id)?.phone;
    const common = { id: v5(state, id), at, code: `rescue.tell.${told}`, params };
    if (to && !drill) messages.push({ ...common, channel: 'sms', to, subject: incidentId });
    const accountId = accounts.get(person_id);
    if (accountId) notices.push({ ...common, to: { accountId }, link: `/jobs/${incidentId}` });
  }
  await send(tx, deps.secret, messages);
  await notify(tx, notices);
}

type Told = { id: string; person_id: PersonId; number: string; address: string; drill: boolean };

async function offersOf(
  tx: Tx<RescueTables>,
  incidentId: IncidentId,
  state: 'offered' | 'withdrawn',
): Promise<readonly Told[]> {
  const rows = await tx
    .selectFrom('rescue.offer as o')
    .innerJoin('rescue.incident as i', 'i.id', 'o.incident_id')
    .select(['o.id', 'o.person_id', 'i.number', 'i.address', 'i.drill'])
    .where('o.incident_id', '=', incidentId)
    .where('o.state', '=', state)
    .execute();
  return rows.flatMap(({ person_id, ...row }) => (person_id ? [{ ...row, person_id }] : []));
}
