-- A payment's time runs from the papers it was ordered on: a claim that was opened again has later ones, and what was paid
-- before would be paid before it began. An advance that left before the papers were complete has no such beginning.
create or replace function insurance.claim_payments(policies uuid[], since timestamptz, until timestamptz)
returns table (policy_id uuid, elevator_id uuid, claim_id uuid, amount bigint, papers_complete_at timestamptz,
  reported_at timestamptz, arrived_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select c.policy_id, c.elevator_id, c.id, p.amount,
    case when b.complete <= e.at then b.complete end, c.reported_at, e.at
  from insurance.claim c join insurance.posting p on p.claim_id = c.id and p.account = 'claims_payable' and p.amount > 0
  join insurance.entry e on e.id = p.entry_id and e.kind = 'claim_paid'
  left join insurance.claim_payment o on o.entry_id = e.id and o.claim_id = c.id
  cross join lateral (select coalesce(o.complete_at, (c.moments ->> 'papers_complete')::timestamptz) as complete) b
  where c.policy_id = any(policies) and e.at >= since and e.at <= until
    and not exists (select from insurance.entry x where x.reverses = e.id and x.at <= until)
$$;

-- Claims whose papers were complete and whose money had not arrived: they are told beside the times of what was paid.
create function insurance.claims_unpaid(policies uuid[], until timestamptz)
returns table (policy_id uuid, elevator_id uuid, since timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select c.policy_id, c.elevator_id, min(m.complete) from insurance.claim c
  cross join lateral (select (c.moments ->> 'papers_complete')::timestamptz as complete, (c.moments ->> 'paid')::timestamptz as paid,
    (c.moments ->> 'refused')::timestamptz as refused) m
  where c.policy_id = any(policies) and m.complete <= until and (m.paid is null or m.paid > until)
    and (m.refused is null or m.refused > until) and not (c.phase in ('closed', 'refused') and m.paid is null and m.refused is null)
  group by c.policy_id, c.elevator_id
$$;
revoke all on function insurance.claims_unpaid(uuid[], timestamptz) from public;
grant execute on function insurance.claims_unpaid(uuid[], timestamptz) to tian_request;
