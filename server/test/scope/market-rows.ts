import { newId } from '../../kernel/ids.ts';
import type { Kernel } from '../../kernel/module.ts';
import { secretData } from '../../kernel/secret-data.ts';

/** Every insurer has a salesperson with a placement and a tie; every district a programme and a complaint. */
export async function fillMarket({ pool, keys }: Kernel): Promise<void> {
  const secret = secretData(keys, 'aes');
  const { rows: insurers } = await pool.query<{ id: string }>(
    `select id from identity.org where 'insurer' = any(kinds)`,
  );
  const { rows: units } = await pool.query<{ id: string }>(
    `select id from identity.org where 'maintenance_unit' = any(kinds) order by id limit 1`,
  );
  const { rows: districts } = await pool.query<{ code: string }>(
    `select distinct district_code as code from registry.elevator where district_code is not null`,
  );
  for (const { id } of insurers) {
    const seller = newId();
    const sealed = [
      secret.seal('market.salesperson.name', '示例'),
      secret.seal('market.salesperson.phone', '10000000000'),
    ];
    await pool.query(
      `insert into market.salesperson (id, insurer_org_id, name, name_key, phone, phone_key, licence_no, from_on, area_codes, org_ids)
       values ($1, $2, $3, 'k', $4, 'k', 'scope', '2026-01-01', '{}', array[$2::uuid])`,
      [seller, id, ...sealed],
    );
    for (const { code } of districts.slice(0, 1))
      await pool.query(
        `insert into market.tie (id, salesperson_id, insurer_org_id, unit_org_id, method, bits, motifs, found_at, seen_at, state, area_codes)
         values ($1, $2, $3, $4, 'scope', 9, '[]', now(), now(), 'open', array[$5])`,
        [newId(), seller, id, units[0]?.id, code],
      );
  }
  for (const { code } of districts) await fillDistrict(pool, code);
}

async function fillDistrict(pool: Kernel['pool'], code: string): Promise<void> {
  const [programme, phase] = [newId(), newId()];
  await pool.query(
    `insert into market.programme (id, name, kind, area_code, area_codes, org_ids) values ($1, 'scope', 'liability', $2, array[$2], '{}')`,
    [programme, code],
  );
  await pool.query(
    `insert into market.programme_phase (id, programme_id, phase, from_on, to_on, target_bp, state, area_codes, org_ids)
     values ($1, $2, 'pilot', '2026-01-01', '2026-12-31', 1000, 'running', array[$3], '{}')`,
    [phase, programme, code],
  );
  await pool.query(
    `insert into market.programme_item (id, phase_id, code, title, area_codes, org_ids) values ($1, $2, 'x', 'scope', array[$3], '{}')`,
    [newId(), phase, code],
  );
  await pool.query(
    `insert into market.complaint (id, number, topic, text, from_role, actor, at, due_on, area_codes, org_ids)
     values ($1, $2, 'other', 'scope', 'owner', 'test', now(), '2027-01-01', array[$3], '{}')`,
    [newId(), `scope-${code}`, code],
  );
}
