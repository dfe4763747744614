import type { Tx } from '../../kernel/db.ts';
import type { OrgId, PersonId } from '../../kernel/ids.ts';
import { say } from '../../kernel/language.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { addDays, type Day, dayOf } from '../../kernel/time.ts';
import type { AccountRefusal } from '../identity/index.ts';
import type { RescueDeps } from './deps.ts';
import type { RescueTables } from './tables.ts';
import { shiftsOf, type VolunteerRefusal } from './volunteer.rules.ts';
import { type Force, forceOfToken, openForce } from './volunteer.store.ts';

/** Days that the roster is written ahead. */
const ROSTER_DAYS = 35;

type Follows = Pick<Force, 'org_id' | 'station_id' | 'rostered_to' | 'org_ids'>;

/**
 * Enter an approved force in the register and among the rescuers of level 2: an organisation of its own, so that nobody
 * sees more than his own jobs, its people, a station where they usually are, and the hours they gave as duty.
 */
export async function admitForce(
  tx: Tx<RescueTables>,
  deps: RescueDeps,
  { force, validUntil }: { force: Force; validUntil: Day },
): Promise<Follows> {
  const plain = openForce(deps.secret, force);
  const orgId = deps.newId() as OrgId;
  const { number, district_code: district } = force;
  const name =
    force.applicant === 'person'
      ? say('rescue.volunteer.person_org', 'zh', { number })
      : say('rescue.volunteer.org', 'zh', { name: plain.name, number });
  const people = plain.members.map((m) => ({ ...m, id: deps.newId() as PersonId }));
  const facts = { uscc: null, address: force.address, dutyPhone: '', seatAreas: [district], workAreas: [district] };
  await deps.people.enlist(tx, {
    orgs: [{ id: orgId, name, kinds: ['social_force'], ...facts, licences: [] }],
    people: people.map((p) => ({ ...p, orgId, duties: ['rescuer'], certificates: [] })),
  });
  const stationId = deps.newId();
  const audience = { area_codes: [district], org_ids: [orgId] };
  const { lng, lat } = force;
  await tx
    .insertInto('rescue.station')
    .values({
      id: stationId,
      org_id: orgId,
      name,
      address: force.address,
      kind: 'social',
      lng,
      lat,
      closed_on: null,
      ...audience,
    })
    .execute();
  await insertMembers(tx, { force, orgId, stationId, people: people.map((p) => p.id) });
  const rosteredTo = await writeDuty(tx, deps, { ...force, ...audience, valid_until: validUntil, rostered_to: null });
  return { org_id: orgId, station_id: stationId, rostered_to: rosteredTo, org_ids: [orgId] };
}

type Admitted = { force: Force; orgId: OrgId; stationId: string; people: readonly PersonId[] };

async function insertMembers(tx: Tx<RescueTables>, { force, orgId, stationId, people }: Admitted): Promise<void> {
  const rescuers = people.map((person_id, i) => ({
    person_id,
    org_id: orgId,
    station_id: stationId,
    label: people.length === 1 ? force.number : `${force.number}-${i + 1}`,
    kind: 'social' as const,
    certified_until: force.certificate_until,
    lng: null,
    lat: null,
    position_at: null,
    left_on: null,
    area_codes: [force.district_code],
    org_ids: [orgId],
  }));
  await tx.insertInto('rescue.rescuer').values(rescuers).execute();
  const members = people.map((person_id, i) => ({ force_id: force.id, place: i + 1, person_id }));
  await tx.insertInto('rescue.volunteer_member').values(members).execute();
}

type Rostered = Pick<
  Force,
  'id' | 'weekdays' | 'from_time' | 'to_time' | 'valid_until' | 'rostered_to' | 'area_codes' | 'org_ids'
>;

/** Write the duty of a force's people from where it ends to five weeks ahead, never past its last day. Returns that day. */
export async function writeDuty(tx: Tx<RescueTables>, deps: RescueDeps, force: Rostered): Promise<Day> {
  const today = dayOf(deps.now());
  const ahead = addDays(today, ROSTER_DAYS);
  const to = force.valid_until && force.valid_until < ahead ? (force.valid_until as Day) : ahead;
  const next = force.rostered_to ? addDays(force.rostered_to as Day, 1) : today;
  const from = next > today ? next : today;
  if (from > to) return (force.rostered_to ?? to) as Day;
  const hours = { weekdays: force.weekdays, fromTime: force.from_time, toTime: force.to_time };
  const members = await tx
    .selectFrom('rescue.volunteer_member')
    .select('person_id')
    .where('force_id', '=', force.id)
    .execute();
  const rows = shiftsOf(hours, { from, to }).flatMap(({ fromAt, toAt }) =>
    members.map(({ person_id }) => ({
      id: deps.newId(),
      person_id,
      from_at: fromAt,
      to_at: toAt,
      source: 'roster' as const,
      area_codes: force.area_codes,
      org_ids: force.org_ids,
    })),
  );
  for (let at = 0; at < rows.length; at += 500)
    await tx
      .insertInto('rescue.duty')
      .values(rows.slice(at, at + 500))
      .execute();
  return to;
}

export type HandedAccount = { username: string; password: string };

/**
 * The account with which a member answers jobs on his phone: made when first asked for, a new password for one use when
 * asked for again. Both are shown once to whoever holds the enquiry code.
 */
export async function handAccount(
  deps: RescueDeps,
  { token, place }: { token: string; place: number },
): Promise<Result<HandedAccount, VolunteerRefusal | AccountRefusal>> {
  const force = await forceOfToken(deps, token);
  if (!force) return refuse({ code: 'rescue.volunteer_code_unknown', field: 'code' });
  if (force.state !== 'approved') return refuse({ code: 'rescue.volunteers_stand_no_more' });
  const member = await deps.db
    .selectFrom('rescue.volunteer_member as m')
    .innerJoin('rescue.rescuer as r', 'r.person_id', 'm.person_id')
    .select(['m.person_id', 'r.label'])
    .where('m.force_id', '=', force.id)
    .where('m.place', '=', place)
    .executeTakeFirst();
  if (!member || !force.org_id) return refuse({ code: 'rescue.no_volunteers' });
  const username = `${force.number.toLowerCase()}-${place}`;
  const asked = { personId: member.person_id, orgId: force.org_id, username, label: member.label };
  const done = await deps.people.handAccount(`volunteer:${force.number}`, asked);
  return done.ok ? accept({ username, password: done.value.password }) : done;
}
