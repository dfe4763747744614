import { v5 } from 'uuid';
import { send } from '../../kernel/notify.ts';
import { actAs } from '../../kernel/scope.ts';
import { addDays, dayOf } from '../../kernel/time.ts';
import type { RescueDeps } from './deps.ts';
import { carryOut } from './volunteer.service.ts';
import { holdForce, openForce } from './volunteer.store.ts';
import { writeDuty } from './volunteer-admission.service.ts';

/**
 * Every night: forces whose last day is over stand no more, those whose last day is near are told, the duty of the others
 * is written on, and of applications long over the names and phones are forgotten. Each in a transaction of its own.
 */
export async function tendVolunteers(deps: RescueDeps): Promise<void> {
  const today = dayOf(deps.now());
  const { warnDays, forgetDays } = deps.settings.volunteers;
  const standing = await deps.db
    .selectFrom('rescue.volunteer_force')
    .select(['id', 'valid_until', 'warned_on'])
    .where('state', '=', 'approved')
    .execute();
  for (const { id, valid_until: until, warned_on: warned } of standing) {
    if (until !== null && until < today) await expire(deps, id);
    else await goOn(deps, { id, warn: until !== null && warned === null && until <= addDays(today, warnDays) });
  }
  await deps.db
    .updateTable('rescue.volunteer_force')
    .set({ name: null, contact: null, phone: null, phone_key: null, members: null, certificate_number: null })
    .where('state', 'in', ['refused', 'withdrawn', 'ended', 'expired'])
    .where('ended_on', '<', addDays(today, -forgetDays))
    .where('phone', 'is not', null)
    .execute();
  await deps.db
    .deleteFrom('rescue.volunteer_paper')
    .where('force_id', 'in', (q) =>
      q.selectFrom('rescue.volunteer_force').select('id').where('ended_on', '<', addDays(today, -forgetDays)),
    )
    .execute();
}

const expire = (deps: RescueDeps, id: string) =>
  deps.db.transaction().execute(async (tx) => {
    await actAs(tx, 'timer');
    await carryOut(tx, deps, { id, act: { do: 'expire' }, by: 'timer' });
  });

const goOn = (deps: RescueDeps, { id, warn }: { id: string; warn: boolean }) =>
  deps.db.transaction().execute(async (tx) => {
    await actAs(tx, 'timer');
    const force = await holdForce(tx, id);
    if (force?.state !== 'approved') return;
    const rostered_to = await writeDuty(tx, deps, force);
    const warned = warn ? { warned_on: dayOf(deps.now()) } : {};
    await tx
      .updateTable('rescue.volunteer_force')
      .set({ rostered_to, ...warned })
      .where('id', '=', id)
      .execute();
    const { phone } = openForce(deps.secret, force);
    if (!warn || phone === '') return;
    const params = { number: force.number, until: force.valid_until ?? '', hotline: deps.settings.hotline };
    await send(tx, deps.secret, [
      {
        id: v5(`volunteer ends soon ${force.valid_until}`, id),
        channel: 'sms',
        to: phone,
        code: 'rescue.volunteer.tell.expiring',
        params,
        subject: id,
        at: deps.now(),
      },
    ]);
  });
