import { sql } from 'kysely';
import type { z } from 'zod';
import type { volunteerApplication } from '../../../contract/rescue-volunteers.ts';
import type { Tx } from '../../kernel/db.ts';
import { holdLock } from '../../kernel/lock.ts';
import { notify } from '../../kernel/notify.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { actAs } from '../../kernel/scope.ts';
import { dayOf } from '../../kernel/time.ts';
import type { RescueDeps } from './deps.ts';
import type { RescueTables } from './tables.ts';
import { judgeApplication, type VolunteerRefusal } from './volunteer.rules.ts';
import { audienceOf, codeKey, newCode, sealForce, tokenFor } from './volunteer.store.ts';

type Application = z.output<typeof volunteerApplication>;
export type Applied = { number: string; code: string; token: string };

/** Who decides on volunteer forces. */
export const DECIDERS = ['shift_leader', 'city_regulator', 'district_regulator'] as const;

/**
 * Take an application in. The answer names its number and the code by which the applicant looks at it, shown this once.
 * The same form sent twice is one application: the second answer has a new code, because the first was never seen.
 */
export async function applyAsVolunteer(
  deps: RescueDeps,
  given: Application,
): Promise<Result<Applied, VolunteerRefusal>> {
  if (!deps.areaNames.has(given.district)) return refuse({ code: 'rescue.volunteer_district', field: 'district' });
  const wrong = judgeApplication(given, dayOf(deps.now()));
  if (wrong) return refuse(wrong);
  return deps.db.transaction().execute(async (tx) => {
    await actAs(tx, 'volunteer');
    await holdLock(tx, `volunteer ${given.key}`);
    const { code, codeKey: key } = newCode(deps.secret);
    const known = await tx
      .updateTable('rescue.volunteer_force')
      .set({ code_key: key })
      .where('report_key', '=', given.key)
      .returning(['id', 'number'])
      .executeTakeFirst();
    if (known) return accept({ number: known.number, code, token: tokenFor(deps, known.id) });
    return insertNew(tx, deps, { given, code, key });
  });
}

async function insertNew(
  tx: Tx<RescueTables>,
  deps: RescueDeps,
  { given, code, key }: { given: Application; code: string; key: string },
): Promise<Result<Applied, VolunteerRefusal>> {
  const { secret } = deps;
  const personal = sealForce(secret, { ...given, members: membersGiven(given) });
  await holdLock(tx, `volunteer phone ${personal.phone_key}`);
  const standing = await tx
    .selectFrom('rescue.volunteer_force')
    .select('id')
    .where('phone_key', '=', personal.phone_key)
    .where('state', 'in', ['waiting', 'approved'])
    .executeTakeFirst();
  if (standing) return refuse({ code: 'rescue.volunteer_known_phone', field: 'phone' });
  const near = await placeNear(tx, given.nearCode);
  if (near === undefined)
    return refuse({ code: 'rescue.volunteer_near_code', field: 'nearCode', value: given.nearCode });
  const id = deps.newId();
  const number = await nextNumber(tx);
  await tx
    .insertInto('rescue.volunteer_force')
    .values({
      ...rowOf(given, deps.now()),
      ...personal,
      id,
      number,
      code_key: key,
      lng: near?.lng ?? null,
      lat: near?.lat ?? null,
    })
    .execute();
  await tellDeciders(tx, deps, { id, number, district: given.district });
  return accept({ number, code, token: tokenFor(deps, id) });
}

/** What is not personal of an application, before anybody has decided. */
const rowOf = (given: Application, now: Date) => ({
  report_key: given.key,
  state: 'waiting' as const,
  applicant: given.applicant,
  category: given.category,
  competence: given.competence,
  certificate_kind: given.certificateKind,
  certificate_until: given.certificateUntil,
  district_code: given.district,
  address: given.address,
  weekdays: [...new Set(given.weekdays)].toSorted((a, b) => a - b),
  from_time: given.fromTime,
  to_time: given.toTime,
  applied_at: now,
  decided_at: null,
  decided_by: null,
  valid_until: null,
  ended_on: null,
  warned_on: null,
  rostered_to: null,
  org_id: null,
  station_id: null,
  ...audienceOf(given.district, null),
});

type New = { id: string; number: string; district: string };

const tellDeciders = (tx: Tx<RescueTables>, deps: RescueDeps, { id, number, district }: New) =>
  notify(tx, [
    {
      id,
      at: deps.now(),
      to: { roles: DECIDERS, audience: { areaCodes: [district], orgIds: [] } },
      code: 'rescue.volunteer.notice',
      params: { number, district: deps.areaNames.get(district) ?? '' },
      link: '/stations?tab=volunteers',
    },
  ]);

/** A person alone is his own and only member. */
const membersGiven = (given: Application) =>
  given.applicant === 'person' ? [{ name: given.name, phone: given.phone }] : given.members;

/** Where the elevator with this rescue code stands; null: none was named. Undefined: there is no such elevator. */
async function placeNear(
  tx: Tx<RescueTables>,
  code: string,
): Promise<{ lng: number | null; lat: number | null } | null | undefined> {
  if (code === '') return null;
  return tx
    .selectFrom('registry.elevator_card')
    .select(['lng', 'lat'])
    .where('rescue_code', '=', code)
    .executeTakeFirst();
}

/** SF-000017. */
async function nextNumber(tx: Tx<RescueTables>): Promise<string> {
  const { rows } = await sql<{ n: number }>`select nextval('rescue.volunteer_number') as n`.execute(tx);
  return `SF-${String(rows[0]?.n ?? 0).padStart(6, '0')}`;
}

/** Exchange an enquiry code for a token of two hours: the code itself stands in no address. */
export async function openVolunteer(
  deps: RescueDeps,
  code: string,
): Promise<Result<{ token: string }, VolunteerRefusal>> {
  const row = await deps.db
    .selectFrom('rescue.volunteer_force')
    .select('id')
    .where('code_key', '=', codeKey(deps.secret, code))
    .executeTakeFirst();
  return row
    ? accept({ token: tokenFor(deps, row.id) })
    : refuse({ code: 'rescue.volunteer_code_unknown', field: 'code' });
}
