-- The same part of the same elevator in another claim: only that there is one and on which day, because it may be another insurer's.
create function insurance.repair_repeats(claim uuid, codes text[], since timestamptz, until timestamptz)
returns table (code text, at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select l.code, max(l.at) from insurance.repair_line l join insurance.claim o on o.id = l.claim_id
  join insurance.claim c on c.id = claim and c.elevator_id = o.elevator_id
  where l.claim_id <> claim and l.code = any(codes) and l.at >= since and l.at <= until and o.body ->> 'refusal' is null
  group by l.code
$$;
revoke all on function insurance.repair_repeats(uuid, text[], timestamptz, timestamptz) from public;
grant execute on function insurance.repair_repeats(uuid, text[], timestamptz, timestamptz) to tian_request;
