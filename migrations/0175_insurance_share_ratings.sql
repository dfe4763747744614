-- Elevators alike are priced alike. What a tariff answers and how it came to its premium is kept once for all elevators of a
-- quote that gave the same answers; a line names the rating it got, and keeps what is its own: its code, address and parties,
-- and the day of its first use, which its age rests on. Lines from before keep their whole premium where it is.
create table insurance.quote_rating (
  quote_id uuid    not null,
  no       integer not null check (no > 0),
  risk     jsonb   not null, -- the classes it was rated by
  premium  jsonb   not null, -- working and parts; the elevator's own file stands in it without the elevator
  primary key (quote_id, no)
);
alter table insurance.quote_rating enable row level security;
create policy seen on insurance.quote_rating to tian_request
  using ((select true from insurance.quote q where q.id = quote_id));
grant select on insurance.quote_rating to tian_request;

alter table insurance.quote_line
  add column rating integer,
  add column in_use_on date,
  alter column risk drop not null,
  drop constraint quote_line_check,
  add constraint quote_line_check check (num_nonnulls(premium, rating, refusal) = 1);

create view insurance.quoted_line with (security_invoker = true) as
select l.quote_id, l.elevator_id, l.code, l.address, l.area_codes, l.org_ids, l.in_use_on, l.total, l.refusal, l.funding,
  coalesce(l.premium, r.premium) as premium
from insurance.quote_line l left join insurance.quote_rating r on r.quote_id = l.quote_id and r.no = l.rating;
grant select on insurance.quoted_line to tian_request;

-- Whoever asks can add lines and ratings in no other way, and only to quotes he sees: asked once a quote, by its key.
create function insurance.check_quotes_seen(quote_ids uuid[]) returns void language plpgsql set search_path = pg_catalog
  set plan_cache_mode = force_custom_plan as $$
begin
  if exists (select from (select distinct unnest(quote_ids) as id) asked
      where (select kernel.sees(q.area_codes, q.org_ids) from insurance.quote q where q.id = asked.id) is not true) then
    raise exception 'a line belongs to a quote that is not seen' using errcode = 'insufficient_privilege';
  end if;
end $$;
revoke all on function insurance.check_quotes_seen(uuid[]) from public;

create function insurance.keep_quote_ratings(quote_ids uuid[], nos integer[], risks text, premiums text)
returns void language plpgsql security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
begin
  perform insurance.check_quotes_seen(quote_ids);
  insert into insurance.quote_rating (quote_id, no, risk, premium)
  select r.quote_id, r.no, r.risk::jsonb, r.premium::jsonb
  from unnest(quote_ids, nos, string_to_array(risks, E'\n'), string_to_array(premiums, E'\n'))
    as r (quote_id, no, risk, premium);
end $$;
revoke all on function insurance.keep_quote_ratings(uuid[], integer[], text, text) from public;
grant execute on function insurance.keep_quote_ratings(uuid[], integer[], text, text) to tian_request;

drop function insurance.keep_quote_lines(uuid[], uuid[], text, text, text, bigint[], text[], text[], text, text);
create function insurance.keep_quote_lines(quote_ids uuid[], elevator_ids uuid[], ratings integer[], in_use date[],
  totals bigint[], codes text[], addresses text[], areas text, orgs text, risks text, refusals text)
returns void language plpgsql security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
begin
  perform insurance.check_quotes_seen(quote_ids);
  insert into insurance.quote_line (quote_id, elevator_id, rating, in_use_on, total, code, address, area_codes, org_ids,
    risk, refusal)
  select l.quote_id, l.elevator_id, l.rating, l.in_use_on, l.total, l.code, l.address, l.areas::text[], l.orgs::uuid[],
    nullif(l.risk, '')::jsonb, nullif(l.refusal, '')::jsonb
  from unnest(quote_ids, elevator_ids, ratings, in_use, totals, codes, addresses, string_to_array(areas, E'\n'),
      string_to_array(orgs, E'\n'), string_to_array(risks, E'\n'), string_to_array(refusals, E'\n'))
    as l (quote_id, elevator_id, rating, in_use_on, total, code, address, areas, orgs, risk, refusal);
end $$;
revoke all on function insurance.keep_quote_lines(uuid[], uuid[], integer[], date[], bigint[], text[], text[], text, text, text, text)
  from public;
grant execute on function insurance.keep_quote_lines(uuid[], uuid[], integer[], date[], bigint[], text[], text[], text, text, text, text)
  to tian_request;
