-- How many elevators there are of which sort in which community, kept as they change, because counting 225,000 of them
-- for every look at an overview took more than a second. Changes add lines and never touch one: nobody waits for
-- anybody. A task folds the lines of a while into one each; the sums are right at every moment.
create table registry.tally (
  district_code    text,
  street_code      text,
  community_code   text,
  state            text    not null,
  kind             text    not null,
  place_class      text,
  elevators        bigint  not null,
  unknown_use_unit bigint  not null,
  rescue_coded     bigint  not null,
  quality          bigint  not null -- the sum of theirs
);

create function registry.keep_tally() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if tg_op = 'INSERT' then
    insert into registry.tally
      select district_code, street_code, community_code, state, kind, place_class, count(*), count(*) filter (where use_org_id is null),
        count(rescue_code), sum(quality)
      from now_rows where merged_into is null group by 1, 2, 3, 4, 5, 6;
  elsif tg_op = 'DELETE' then
    insert into registry.tally
      select district_code, street_code, community_code, state, kind, place_class, -count(*), -count(*) filter (where use_org_id is null),
        -count(rescue_code), -sum(quality)
      from was_rows where merged_into is null group by 1, 2, 3, 4, 5, 6;
  else
    insert into registry.tally
      select district_code, street_code, community_code, state, kind, place_class, sum(sign), sum(sign * (use_org_id is null)::integer),
        sum(sign * (rescue_code is not null)::integer), sum(sign * quality)
      from (select 1 as sign, * from now_rows union all select -1, * from was_rows) r
      where merged_into is null group by 1, 2, 3, 4, 5, 6
      having sum(sign) <> 0 or sum(sign * (use_org_id is null)::integer) <> 0
        or sum(sign * (rescue_code is not null)::integer) <> 0 or sum(sign * quality) <> 0;
  end if;
  return null;
end $$;
create trigger keep_tally_of_new after insert on registry.elevator
  referencing new table as now_rows for each statement execute function registry.keep_tally();
create trigger keep_tally_of_old after delete on registry.elevator
  referencing old table as was_rows for each statement execute function registry.keep_tally();
create trigger keep_tally_of_changed after update on registry.elevator
  referencing old table as was_rows new table as now_rows for each statement execute function registry.keep_tally();

insert into registry.tally
  select district_code, street_code, community_code, state, kind, place_class, count(*), count(*) filter (where use_org_id is null),
    count(rescue_code), sum(quality)
  from registry.elevator where merged_into is null group by 1, 2, 3, 4, 5, 6;

-- The tally in the viewer's scope: of his divisions, and one by one the few elevators elsewhere that his organisation is
-- a party to. Runs as the owner, because array overlap is not leakproof.
create function registry.tally_seen() returns setof registry.tally
  language sql stable security definer set search_path = pg_catalog as $$
  select t.* from registry.tally t
  where kernel.scope_all() or array[t.district_code, t.street_code, t.community_code] && (select kernel.scope_areas())
  union all
  select e.district_code, e.street_code, e.community_code, e.state, e.kind, e.place_class, 1, (e.use_org_id is null)::integer,
    (e.rescue_code is not null)::integer, e.quality
  from registry.elevator e
  where not kernel.scope_all() and e.merged_into is null and e.org_ids && (select kernel.scope_orgs())
    and not e.area_codes && (select kernel.scope_areas())
$$;

-- Elevators in use since that day or longer, by community, in the viewer's scope.
create index elevator_by_age on registry.elevator (in_use_on) include (district_code, street_code, community_code)
  where merged_into is null;
create function registry.old_seen(since date)
  returns table (district_code text, street_code text, community_code text, elevators bigint)
  language sql stable security definer set search_path = pg_catalog as $$
  select e.district_code, e.street_code, e.community_code, count(*) from registry.elevator e
  where e.merged_into is null and e.in_use_on <= since
    and (kernel.scope_all() or array[e.district_code, e.street_code, e.community_code] && (select kernel.scope_areas()))
  group by 1, 2, 3
  union all
  select e.district_code, e.street_code, e.community_code, 1 from registry.elevator e
  where not kernel.scope_all() and e.merged_into is null and e.in_use_on <= since
    and e.org_ids && (select kernel.scope_orgs()) and not e.area_codes && (select kernel.scope_areas())
$$;

revoke all on function registry.tally_seen(), registry.old_seen(date) from public;
grant execute on function registry.tally_seen(), registry.old_seen(date) to tian_request;

-- Lists narrow to a division, a use unit or a maintenance unit by plain comparison, which an index serves under row security.
create index elevator_by_street on registry.elevator (street_code) where merged_into is null;
create index elevator_by_community on registry.elevator (community_code) where merged_into is null;
create index elevator_by_use_org on registry.elevator (use_org_id) where merged_into is null;
create index elevator_by_maintenance_org on registry.elevator (maintenance_org_id) where merged_into is null;
