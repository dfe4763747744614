import { v5 } from 'uuid';
import { keepAct } from '../../kernel/audit.ts';
import type { Tx } from '../../kernel/db.ts';
import { send } from '../../kernel/notify.ts';
import { publish } from '../../kernel/outbox.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { actAs, type Viewer } from '../../kernel/scope.ts';
import { type Day, dayOf } from '../../kernel/time.ts';
import type { RescueDeps } from './deps.ts';
import type { VolunteersEnded } from './events.ts';
import { standDown } from './rescuer.service.ts';
import type { RescueTables } from './tables.ts';
import { decideForce, type ForceAct, type ForceChange, type VolunteerRefusal } from './volunteer.rules.ts';
import {
  type Force,
  type ForcePeople,
  forceOfToken,
  holdForce,
  newCode,
  openForce,
  saveForce,
} from './volunteer.store.ts';
import { admitForce } from './volunteer-admission.service.ts';

type Done = Result<null, VolunteerRefusal>;

/** Decide on an application, or on a force that stands. Only who sees it may; the applicant is told by text. */
export async function decideVolunteers(
  deps: RescueDeps,
  viewer: Viewer,
  { id, act }: { id: string; act: ForceAct },
): Promise<Done> {
  if (!(await seesForce(deps, viewer, id))) return refuse({ code: 'rescue.no_volunteers' });
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, viewer.accountId);
    return carryOut(tx, deps, { id, act, by: viewer.accountId });
  });
}

/** The applicant goes back on it himself, whether he was decided on or not. */
export async function withdrawVolunteers(deps: RescueDeps, token: string): Promise<Done> {
  const force = await forceOfToken(deps, token);
  if (!force) return refuse({ code: 'rescue.volunteer_code_unknown', field: 'code' });
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, `volunteer:${force.number}`);
    return carryOut(tx, deps, { id: force.id, act: { do: 'withdraw' }, by: 'volunteer' });
  });
}

type Acting = { id: string; act: ForceAct; by: string };

/** Decide, save, and do what follows: admit the people, or stand them down; tell the applicant. */
export async function carryOut(tx: Tx<RescueTables>, deps: RescueDeps, { id, act, by }: Acting): Promise<Done> {
  const was = await holdForce(tx, id);
  if (!was) return refuse({ code: 'rescue.no_volunteers' });
  const now = deps.now();
  const at = { today: dayOf(now), validDays: deps.settings.volunteers.validDays };
  const decided = decideForce({ state: was.state, version: was.version, validUntil: was.valid_until }, act, at);
  if (!decided.ok) return decided;
  const change = decided.value;
  const of = { was, change, today: at.today };
  const follows =
    act.do === 'approve' ? await admitForce(tx, deps, { force: was, validUntil: change.validUntil as Day }) : {};
  if (was.state === 'approved' && change.state !== 'approved') await endForce(tx, deps, of);
  await saveForce(tx, was, {
    state: change.state,
    valid_until: change.validUntil,
    reason: change.reason,
    decided_at: now,
    decided_by: by,
    ...(act.do === 'prolong' ? { warned_on: null } : {}),
    ...(change.state === 'approved' ? {} : { ended_on: at.today }),
    ...follows,
  });
  await tell(tx, deps, { was, change, act: act.do });
  return accept(null);
}

type Ending = { was: Force; change: ForceChange; today: Day };

/** Its people are asked for nothing new, its station closes, and the register hears of it. What runs goes on. */
async function endForce(tx: Tx<RescueTables>, deps: RescueDeps, { was, change, today }: Ending): Promise<void> {
  const members = await tx
    .selectFrom('rescue.volunteer_member')
    .select('person_id')
    .where('force_id', '=', was.id)
    .execute();
  const personIds = members.map((m) => m.person_id);
  await standDown(tx, personIds, deps.now());
  if (was.station_id)
    await tx
      .updateTable('rescue.station')
      .set((e) => ({ closed_on: today, version: e('version', '+', 1) }))
      .where('id', '=', was.station_id)
      .execute();
  if (!was.org_id) return;
  const ended: VolunteersEnded = {
    type: 'rescue.volunteers_ended',
    v: 1,
    data: { orgId: was.org_id, personIds, state: change.state },
  };
  const envelope = { id: deps.newId(), occurredAt: deps.now(), subject: was.id, version: was.version + 1 };
  await publish(tx, [{ ...envelope, audience: { areaCodes: was.area_codes, orgIds: was.org_ids }, ...ended }]);
}

/** What is sent after which act. The applicant's own withdrawal needs no message. */
const TOLD: Readonly<Partial<Record<ForceAct['do'], string>>> = {
  approve: 'approved',
  refuse: 'refused',
  prolong: 'prolonged',
  end: 'ended',
  expire: 'expired',
};

async function tell(
  tx: Tx<RescueTables>,
  deps: RescueDeps,
  { was, change, act }: { was: Force; change: ForceChange; act: ForceAct['do'] },
): Promise<void> {
  const what = TOLD[act];
  const { phone } = openForce(deps.secret, was);
  if (!what || phone === '') return;
  await send(tx, deps.secret, [
    {
      id: v5(`volunteer ${act} ${was.version}`, was.id),
      channel: 'sms',
      to: phone,
      code: `rescue.volunteer.tell.${what}`,
      params: {
        number: was.number,
        until: change.validUntil ?? '',
        reason: change.reason,
        hotline: deps.settings.hotline,
      },
      subject: was.id,
      at: deps.now(),
    },
  ]);
}

const seesForce = async (deps: RescueDeps, viewer: Viewer, id: string): Promise<boolean> =>
  deps.scoped(viewer, async (tx) => {
    const row = await tx.selectFrom('rescue.volunteer_force').select('id').where('id', '=', id).executeTakeFirst();
    return row !== undefined;
  });

/** Names, phones and the certificate's number in full. Who looked, when and why stays in the audit for ever. */
export async function unmaskVolunteers(
  deps: RescueDeps,
  viewer: Viewer,
  { id, reason }: { id: string; reason: string },
): Promise<Result<ForcePeople, VolunteerRefusal>> {
  return deps.scoped(viewer, async (tx) => {
    const row = await tx.selectFrom('rescue.volunteer_force').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) return refuse({ code: 'rescue.no_volunteers' });
    await keepAct(tx, { action: 'unmask', object: 'rescue.volunteer_force', rowId: id, after: { reason } });
    return accept(openForce(deps.secret, row));
  });
}

/** A new enquiry code for an applicant who has lost his: read out to him once it is sure that it is he. */
export async function renewVolunteerCode(
  deps: RescueDeps,
  viewer: Viewer,
  id: string,
): Promise<Result<{ code: string }, VolunteerRefusal>> {
  if (!(await seesForce(deps, viewer, id))) return refuse({ code: 'rescue.no_volunteers' });
  const { code, codeKey } = newCode(deps.secret);
  await deps.db.transaction().execute(async (tx) => {
    await actAs(tx, viewer.accountId);
    await tx.updateTable('rescue.volunteer_force').set({ code_key: codeKey }).where('id', '=', id).execute();
  });
  return accept({ code });
}
