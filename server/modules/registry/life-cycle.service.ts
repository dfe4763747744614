import type { Tx } from '../../kernel/db.ts';
import type { ElevatorId } from '../../kernel/ids.ts';
import { publish } from '../../kernel/outbox.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Viewer } from '../../kernel/scope.ts';
import { dayOf } from '../../kernel/time.ts';
import { note } from '../../kernel/trace.ts';
import { type FileRefusal, openFile } from './change.service.ts';
import { saveChange } from './change.store.ts';
import type { RegistryDeps } from './deps.ts';
import type { Derived } from './file.rules.ts';
import type { StoredFile } from './file.store.ts';
import { decideStep, type LifeAsk, type LifeRefusal } from './life-cycle.rules.ts';
import type { RegistryTables } from './tables.ts';

/** Carry an elevator one step on in its life, with the papers that prove it. */
export async function stepLife(
  deps: RegistryDeps,
  viewer: Viewer,
  ask: LifeAsk & { id: ElevatorId; version: number },
): Promise<Result<{ state: StoredFile['state']; version: number }, FileRefusal | LifeRefusal>> {
  return deps.scoped(viewer, async (tx) => {
    const found = await openFile(tx, ask);
    if (!found.ok) return found;
    const was = found.value;
    const restartDays = deps.city.facts.lifeCycle.restartInspectionAfterDays;
    const decided = decideStep({ state: was.state, since: dayOf(was.stateAt) }, ask, restartDays);
    if (!decided.ok) return decided;
    const at = deps.now();
    const inUseOn = ask.step === 'start' && !was.technical.inUseOn ? ask.on : was.technical.inUseOn;
    const next = { ...was, state: decided.value, stateAt: at, technical: { ...was.technical, inUseOn } };
    const saved = await saveChange(tx, { was, next }, { now: at, newId: deps.newId, areaName: deps.city.areas.name });
    if (!saved) return refuse({ code: 'registry.changed_meanwhile' });
    await recordStep(deps, tx, { was, to: decided.value, ask, audience: saved.derived, version: saved.version, at });
    return accept({ state: decided.value, version: saved.version });
  });
}

type Recording = {
  was: StoredFile;
  to: StoredFile['state'];
  ask: LifeAsk;
  audience: Derived;
  version: number;
  at: Date;
};

async function recordStep(
  deps: RegistryDeps,
  tx: Tx<RegistryTables>,
  { was, to, ask, audience, version, at }: Recording,
) {
  const id = deps.newId();
  await tx
    .insertInto('registry.life_cycle_entry')
    .values({
      id,
      elevator_id: was.id,
      step: ask.step,
      from_state: was.state,
      to_state: to,
      happened_on: ask.on,
      evidence: JSON.stringify(ask.evidence),
      area_codes: audience.areaCodes,
      org_ids: audience.orgIds,
    })
    .execute();
  await note(tx, [{ subject: was.id, at, code: 'registry.trace.state', params: { state: to }, ref: id, audience }]);
  const event = { v: 1, occurredAt: at, subject: was.id, version, audience };
  await publish(tx, [
    {
      ...event,
      id: deps.newId(),
      type: 'registry.life_cycle_changed',
      data: { elevatorId: was.id, from: was.state, to, on: ask.on },
    },
    { ...event, id: deps.newId(), type: 'registry.elevator_changed', data: { elevatorId: was.id, fields: ['state'] } },
  ]);
}
