import type { OrgId, PersonId } from '../../kernel/ids.ts';
import type { Kernel } from '../../kernel/module.ts';
import { dayOf } from '../../kernel/time.ts';
import { seedField } from '../../modules/rescue/index.ts';

/** A duty room of every maintenance unit with two of its people on duty, and a drill that is planned. */
export async function fillField(kernel: Kernel): Promise<void> {
  const { rows } = await kernel.pool.query<{ org_id: OrgId; areas: string[]; people: PersonId[] }>(
    `select p.org_id, min(o.area_codes) as areas, (array_agg(p.id order by p.id))[1:2] as people
     from identity.person p join identity.org o on o.id = p.org_id
     where 'rescuer' = any (p.duties) group by p.org_id`,
  );
  const stations = rows.map(({ org_id, areas, people }) => ({
    orgId: org_id,
    name: '示例值班点',
    lng: 120.3,
    lat: 31.5,
    areaCodes: areas,
    kind: 'maintenance' as const,
    people: people.map((id) => ({ id, certifiedUntil: null })),
  }));
  await seedField(kernel, { today: dayOf(kernel.now()), stations });
  await kernel.pool.query(
    `insert into rescue.drill (id, org_id, elevator_id, planned_on, started_at, area_codes, org_ids)
     select gen_random_uuid(), maintenance_org_id, id, current_date + 7, null, area_codes, array[maintenance_org_id]
     from registry.elevator where maintenance_org_id is not null order by id limit 5`,
  );
}

/** In every district somebody applies as a volunteer force. */
export async function fillVolunteers({ pool }: Kernel): Promise<void> {
  await pool.query(
    `insert into rescue.volunteer_force (id, number, report_key, code_key, state, applicant, category, competence, district_code,
       address, weekdays, from_time, to_time, applied_at, area_codes, org_ids)
     select gen_random_uuid(), 'SF-T' || code, 'scope ' || code, 'scope ' || code, 'waiting', 'person', 'retired_technician',
       '做过二十年电梯维修', code, '示例小区', '{1,2}', '08:00', '20:00', now(), array[code], '{}'
     from (select distinct district_code as code from registry.elevator where district_code is not null) d`,
  );
}

/** Every unit and maker is told of incidents, and one call of each was given up. */
export async function fillWebhooks({ pool }: Kernel): Promise<void> {
  await pool.query(
    `insert into identity.webhook (id, org_id, name, url, secret, events, scope, created_at, area_codes, org_ids)
     select gen_random_uuid(), id, '示例推送', 'https://example.cn/hook', '', array['rescue.incident_opened'],
       '{"all":false,"areas":[],"orgs":[]}', now(), '{}', array[id]
     from identity.org where kinds && array['maintenance_unit', 'maker', 'use_unit']`,
  );
  await pool.query(
    `insert into identity.webhook_call (id, webhook_id, event_id, type, v, subject, subject_version, occurred_at, state, retry_at)
     select gen_random_uuid(), id, gen_random_uuid(), 'rescue.incident_opened', 1, id::text, 1, now(), 'dead', now()
     from identity.webhook`,
  );
}
