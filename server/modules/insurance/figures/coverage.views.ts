import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { Day } from '../../../kernel/time.ts';
import type { InsuranceTables } from '../tables.ts';

export const CUBE_SIDES = ['district', 'place', 'kind', 'payer', 'insurer'] as const;
export type CubeSide = (typeof CUBE_SIDES)[number];

/** What part of the cube is asked for. Empty: all of it. */
export type CubeAsk = {
  on: Day;
  district?: string | undefined;
  places?: readonly string[] | undefined;
  excludedAreas?: readonly string[];
  kind?: string | undefined;
  payer?: string | undefined;
  insurer?: string | undefined;
};
export type CubeCell = {
  key: string;
  name: string | null;
  should: number;
  insured: number;
  elsewhere: number;
  unconfirmed: number;
};

/**
 * Elevators in use that ought to be insured: what the registry holds, as far as the viewer sees it. One whose first day in use
 * comes later is not in use yet: its maker may have insured it, but it counts neither as insured nor as missing.
 */
const shouldOf = ({ on, district, places, excludedAreas = [] }: CubeAsk): RawBuilder<unknown> => sql`
  select c.id, c.district_code, c.place_class, c.use_org_id from registry.elevator_card c where c.state = 'in_use'
    and (c.in_use_on is null or c.in_use_on <= ${on}::date)
    and ${district ? sql`c.area_codes && ${[district]}::text[]` : sql`true`}
    and ${excludedAreas.length > 0 ? sql`not c.area_codes && ${[...excludedAreas]}::text[]` : sql`true`}
    and ${places && places.length > 0 ? sql`c.place_class = any(${[...places]}::text[])` : sql`true`}`;

/** Covers in force at 24:00 of the day, whichever insurer wrote them; those recorded from elsewhere too. */
const coverOf = ({ on, kind, payer, insurer }: CubeAsk): RawBuilder<unknown> => sql`
  select l.elevator_id, l.parts, p.id as policy_id, p.number, p.kind, p.lead_org_id, p.elsewhere,
    least(l.to_on, coalesce(p.ended_on, l.to_on)) as to_on, p.elsewhere and p.confirmed_at is null as unconfirmed
  from insurance.policy_line l join insurance.policy p on p.id = l.policy_id
  where p.state in ('issued', 'cancelled') and l.from_on <= ${on}::date
    and least(l.to_on, coalesce(p.ended_on, l.to_on)) >= ${on}::date
    and ${kind ? sql`p.kind = ${kind}` : sql`true`}
    and ${insurer ? sql`p.lead_org_id = ${insurer}::uuid` : sql`true`}
    and ${payer ? sql`l.parts @> ${JSON.stringify([{ payer }])}::jsonb` : sql`true`}`;

const FIGURES = sql`count(distinct s.id)::int as should, count(distinct c.elevator_id)::int as insured,
  count(distinct c.elevator_id) filter (where c.elsewhere)::int as elsewhere,
  count(distinct c.elevator_id) filter (where c.unconfirmed)::int as unconfirmed`;

/** One side of the cube with its total; every elevator counts once, however many policies cover it. */
export async function coverageCube(
  db: Db<InsuranceTables>,
  ask: CubeAsk,
  by: CubeSide,
): Promise<{ rows: CubeCell[]; total: CubeCell }> {
  const [total] = (await cells(db, ask, sql`''::text`)).rows;
  const none = { key: '', name: null, should: 0, insured: 0, elsewhere: 0, unconfirmed: 0 };
  const all = total ?? none;
  if (by === 'district' || by === 'place') {
    const key = by === 'district' ? sql`coalesce(s.district_code, '')` : sql`coalesce(s.place_class, '')`;
    return { rows: (await cells(db, ask, key)).rows, total: all };
  }
  const rows = await coveredBy(db, ask, by);
  return { rows: rows.map((row) => ({ ...row, should: all.should })), total: all };
}

const cells = (db: Db<InsuranceTables>, ask: CubeAsk, key: RawBuilder<unknown>) =>
  sql<CubeCell>`with s as (${shouldOf(ask)}), c as (${coverOf(ask)})
    select ${key} as key, null::text as name, ${FIGURES} from s left join c on c.elevator_id = s.id group by 1 order by 1`.execute(
    db,
  );

/** Sides that only covered elevators have: product kind, payer, insurer. */
async function coveredBy(db: Db<InsuranceTables>, ask: CubeAsk, by: 'kind' | 'payer' | 'insurer'): Promise<CubeCell[]> {
  const key = { kind: sql`c.kind`, payer: sql`x.payer`, insurer: sql`c.lead_org_id::text` }[by];
  const payers =
    by === 'payer'
      ? sql`cross join lateral (select y ->> 'payer' as payer from jsonb_array_elements(c.parts) y where (y ->> 'amount')::bigint > 0) x`
      : sql``;
  const name = by === 'insurer' ? sql`max(o.name)` : sql`null::text`;
  const { rows } = await sql<CubeCell>`with s as (${shouldOf(ask)}), c as (${coverOf(ask)})
    select ${key} as key, ${name} as name, ${FIGURES} from s join c on c.elevator_id = s.id ${payers}
    left join identity.org_card o on o.id = c.lead_org_id group by 1 order by insured desc, 1`.execute(db);
  return rows;
}

export type CoverageListAsk = CubeAsk & { insured: boolean | undefined; after: string | undefined; limit: number };

type ElevatorRow = {
  id: string;
  code: string | null;
  address: string;
  district: string | null;
  place: string | null;
  use_unit: string | null;
  policy_id: string | null;
  number: string | null;
  insurer: string | null;
  kind: string | null;
  to_on: string | null;
  unconfirmed: boolean;
  step: string | null;
  step_at: Date | null;
  step_note: string | null;
};

/** The elevators behind a figure, with their cover, or with what was done to get them insured. */
export async function coverageElevators(db: Db<InsuranceTables>, ask: CoverageListAsk) {
  const { insured, after, limit } = ask;
  const { rows } = await sql<ElevatorRow>`with s as (${shouldOf(ask)}),
    c as (select distinct on (elevator_id) * from (${coverOf(ask)}) x order by elevator_id, unconfirmed, to_on desc)
    select e.id, coalesce(e.rescue_code, e.registration_code) as code, e.address, e.district_code as district,
      e.place_class as place, u.name as use_unit, c.policy_id, c.number, i.name as insurer, c.kind, c.to_on,
      coalesce(c.unconfirmed, false) as unconfirmed, f.step, f.at as step_at, f.note as step_note
    from (select s.id from s left join c on c.elevator_id = s.id
      where ${insured === undefined ? sql`true` : insured ? sql`c.elevator_id is not null` : sql`c.elevator_id is null`}
        and ${after ? sql`s.id > ${after}::uuid` : sql`true`}
      order by s.id limit ${limit + 1}) page
    join registry.elevator_card e on e.id = page.id
    left join c on c.elevator_id = e.id
    left join identity.org_card u on u.id = e.use_org_id
    left join identity.org_card i on i.id = c.lead_org_id
    left join lateral (select step, at, note from insurance.coverage_followup w where w.elevator_id = e.id order by at desc limit 1) f on true
    order by e.id`.execute(db);
  return {
    items: rows.slice(0, limit).map(itemOf),
    next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null,
  };
}

const itemOf = (r: ElevatorRow) => ({
  id: r.id,
  code: r.code,
  address: r.address,
  district: r.district,
  place: r.place,
  useUnit: r.use_unit,
  policy:
    r.policy_id && r.number && r.to_on && r.kind
      ? {
          id: r.policy_id,
          number: r.number,
          insurer: r.insurer,
          kind: r.kind,
          to: r.to_on,
          unconfirmed: r.unconfirmed,
        }
      : null,
  followUp: r.step && r.step_at ? { step: r.step, at: r.step_at.toISOString(), note: r.step_note ?? '' } : null,
});

export const FOLLOW_UPS = ['told_unit', 'told_department', 'promised', 'declined', 'insured_elsewhere'] as const;
export type FollowUp = { elevatorIds: readonly string[]; step: (typeof FOLLOW_UPS)[number]; note: string };

/** Note what was done about uninsured elevators; false when one of them is not seen. */
export async function noteFollowUp(
  db: Tx<InsuranceTables>,
  { elevatorIds, step, note }: FollowUp,
  by: { actor: string; at: Date },
): Promise<boolean> {
  const ids = [...new Set(elevatorIds)];
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from registry.elevator_card where id = any(${ids}::uuid[])`.execute(db);
  if (rows[0]?.n !== ids.length) return false;
  await sql`insert into insurance.coverage_followup (id, elevator_id, at, actor, step, note, area_codes, org_ids)
    select gen_random_uuid(), c.id, ${by.at}, ${by.actor}, ${step}, ${note}, c.area_codes, '{}'
    from registry.elevator_card c where c.id = any(${ids}::uuid[])`.execute(db);
  return true;
}
