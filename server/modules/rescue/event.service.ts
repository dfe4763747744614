import { sql } from 'kysely';
import type { IncidentId } from '../../kernel/ids.ts';
import { actAs } from '../../kernel/scope.ts';
import { commandIn } from './command.service.ts';
import type { CommandDeps } from './deps.ts';
import { openInEvent } from './group.store.ts';
import { planFor, planInEvent } from './plan.rules.ts';

type Waiting = { id: IncidentId; groupId: string; district: string | null };

/**
 * Take up those who came before the many: where an event has grown to `massFrom`, its incidents that still wait for the agent
 * are offered as the later ones are. Asked again and again, so that it does not matter which of many came in first, or
 * that none saw the others. One transaction each, in the order of every command. Returns how many were taken up.
 */
export async function hastenEvents(deps: CommandDeps, failed: (error: unknown) => void): Promise<number> {
  let hastened = 0;
  for (const waiting of await waitingInEvents(deps)) {
    try {
      if (await hasten(deps, waiting)) hastened += 1;
    } catch (error) {
      failed(error); // this one is found again at once; the others must not wait for it
    }
  }
  return hastened;
}

async function hasten(deps: CommandDeps, { id, groupId, district }: Waiting): Promise<boolean> {
  const { massFrom } = deps.settings.grouping;
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, 'dispatch');
    const others = (await openInEvent(tx, groupId, massFrom)) - 1;
    const enough = deps.settings.evidence.buttonShare;
    const plan = planInEvent(planFor(deps.settings, district), { others, massFrom, enough });
    const done = await commandIn(tx, deps, { id, acting: { command: { do: 'hasten' }, actor: 'dispatch', plan } });
    return done.ok; // refused: somebody has decided meanwhile
  });
}

/** Incidents nobody was asked for yet, though sure enough where so many wait. Nobody where the agent sends by hand. */
async function waitingInEvents({ db, settings }: CommandDeps): Promise<readonly Waiting[]> {
  const { grouping, dispatch, evidence } = settings;
  if (dispatch.mode === 'agent') return [];
  const { rows } = await sql<Waiting>`select i.id, i.group_id as "groupId", i.district_code as district
    from rescue.incident i
    where i.phase = 'raised' and i.level = 0 and i.group_id is not null
      and i.confidence >= ${Math.min(dispatch.offerAtOnceConfidence, evidence.buttonShare)}
      and (select count(*) from (select from rescue.incident o where o.group_id = i.group_id
        and o.phase not in ('closed', 'dismissed', 'joined') limit ${grouping.massFrom}) open) >= ${grouping.massFrom}
    order by i.danger desc, i.aware_at`.execute(db);
  return rows;
}
