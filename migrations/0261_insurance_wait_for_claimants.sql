-- A claim of which only the heads of people who have not come are unpaid waits for them, not for its insurer: yearly forms name it no
-- more. What is owed to one who comes later waits from when he came.
create or replace function insurance.claims_unpaid(policies uuid[], until timestamptz)
returns table (policy_id uuid, elevator_id uuid, since timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select c.policy_id, c.elevator_id, min(greatest(m.complete, u.claimed_at)) from insurance.claim c
  cross join lateral (select (c.moments ->> 'papers_complete')::timestamptz as complete, (c.moments ->> 'paid')::timestamptz as paid,
    (c.moments ->> 'refused')::timestamptz as refused) m
  cross join lateral (select max((s ->> 'to')::timestamptz) filter (where (s ->> 'to')::timestamptz <= until) as claimed_at,
      coalesce(bool_or((s ->> 'from')::timestamptz <= until and coalesce((s ->> 'to')::timestamptz > until, true)), false) as unclaimed
    from jsonb_array_elements(coalesce(c.body -> 'unclaimed', '[]')) s) u
  where c.policy_id = any(policies) and m.complete <= until and not u.unclaimed and (m.paid is null or m.paid > until)
    and (m.refused is null or m.refused > until) and not (c.phase in ('closed', 'refused') and m.paid is null and m.refused is null)
  group by c.policy_id, c.elevator_id
$$;
