import type { Tx } from '../../kernel/db.ts';
import type { ElevatorId, IncidentId } from '../../kernel/ids.ts';
import type { Reactions } from '../../kernel/module.ts';
import { invariant } from '../../kernel/result.ts';
import { readButtonAlarm, readEntrapmentCleared, readEntrapmentSuspected, readPowerCut } from '../telemetry/index.ts';
import { tellCallers } from './caller-tell.service.ts';
import { commandIn } from './command.service.ts';
import type { CommandDeps } from './deps.ts';
import { readIncidentChanged, readIncidentOpened, readPeopleReleased } from './events.ts';
import { queueState } from './exchange.service.ts';
import { takeSign } from './intake.service.ts';
import { promotePlans } from './promotion.service.ts';
import type { RescueTables } from './tables.ts';
import { type TellDeps, tellRescuers } from './tell.service.ts';

/** What rescue does when others' events arrive, and one of its own: a rescuer who is free gets the next job of his plan. */
export const rescueReactions = (deps: CommandDeps & TellDeps): Reactions => ({
  'telemetry.entrapment_suspected': (tx, event) => suspect(tx.withTables<RescueTables>(), deps, event),
  'telemetry.entrapment_cleared': (tx, event) => clear(tx.withTables<RescueTables>(), deps, event),
  'telemetry.button_alarm': (tx, event) => button(tx.withTables<RescueTables>(), deps, event),
  'telemetry.power_cut': (tx, event) => nameCut(tx.withTables<RescueTables>(), event),
  'rescue.incident_changed': async (tx, event) => {
    const { data } = readIncidentChanged(event);
    await queueState(tx.withTables<RescueTables>(), deps, data.incidentId);
    await tellRescuers(tx, deps, data);
    await tellCallers(tx.withTables<RescueTables>(), deps, data.incidentId as IncidentId);
  },
  'rescue.incident_opened': (tx, event) =>
    tellCallers(tx.withTables<RescueTables>(), deps, readIncidentOpened(event).data.incidentId as IncidentId),
  'rescue.people_released': (tx, event) =>
    promotePlans(tx.withTables<RescueTables>(), deps, readPeopleReleased(event).data.incidentId),
});

async function suspect(tx: Tx<RescueTables>, deps: CommandDeps, raw: unknown): Promise<void> {
  const { data } = readEntrapmentSuspected(raw);
  await takeSign(tx, deps, {
    elevatorId: data.elevatorId as ElevatorId,
    kind: data.kind,
    sourceRef: data.findingId,
    at: new Date(data.evidenceAt),
    confidence: data.confidence,
    reasons: data.reasons,
    detail: { evidence: data.evidence, occupied: data.occupied },
    needs: {},
    byPerson: false,
    stoppedAt: data.stoppedAt ? new Date(data.stoppedAt) : null,
    reportedAt: null,
    actor: 'event:telemetry.entrapment_suspected',
  });
}

/** Why a pressed button says nothing of somebody trapped. Null: it does. */
const deniedBy = ({ moving, occupied }: { moving: boolean | null; occupied: boolean | null }): string | null => {
  if (moving === true) return 'rescue.evidence.but_moving';
  return occupied === false ? 'rescue.evidence.but_empty' : null;
};

async function button(tx: Tx<RescueTables>, deps: CommandDeps, raw: unknown): Promise<void> {
  const { data } = readButtonAlarm(raw);
  const denied = deniedBy(data);
  await takeSign(tx, deps, {
    elevatorId: data.elevatorId as ElevatorId,
    kind: 'button',
    sourceRef: data.findingId,
    at: new Date(data.pressedAt),
    confidence: denied ? 0 : deps.settings.evidence.buttonShare,
    reasons: denied ? [denied] : [],
    detail: { occupied: data.occupied, moving: data.moving },
    needs: {},
    byPerson: true,
    stoppedAt: null,
    reportedAt: new Date(data.pressedAt),
    actor: 'event:telemetry.button_alarm',
  });
}

/** The device says that nobody is held any more: told to the incident that its finding opened. */
async function clear(tx: Tx<RescueTables>, deps: CommandDeps, raw: unknown): Promise<void> {
  const { data } = readEntrapmentCleared(raw);
  const row = await tx
    .selectFrom('rescue.evidence')
    .select('incident_id')
    .where('source_ref', '=', data.findingId)
    .executeTakeFirst();
  if (!row) return;
  const done = await commandIn(tx, deps, {
    id: row.incident_id,
    acting: {
      command: { do: 'report_clear', happenedAt: new Date(data.clearedAt) },
      actor: 'event:telemetry.entrapment_cleared',
      data: { reason: data.reason },
    },
  });
  invariant(done.ok, 'a report is never refused');
}

/** The power cut that telemetry saw names the event that its incidents already make. */
async function nameCut(tx: Tx<RescueTables>, raw: unknown): Promise<void> {
  const { data } = readPowerCut(raw);
  await tx
    .updateTable('rescue.event_group')
    .set({ ref: data.cutId })
    .where((e) =>
      e.exists(
        e
          .selectFrom('rescue.incident as i')
          .select('i.id')
          .whereRef('i.group_id', '=', 'rescue.event_group.id')
          .where(
            'i.elevator_id',
            'in',
            data.elevatorIds.length > 0 ? (data.elevatorIds as ElevatorId[]) : [data.cutId as ElevatorId],
          ),
      ),
    )
    .where('started_at', '>=', new Date(Date.parse(data.startedAt) - 600_000))
    .execute();
}
