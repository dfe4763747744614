-- Finding places and organisations by what people type: pairs of characters and of syllables, so that one wrong
-- character or a homophone still finds them, which trigrams do not.

alter table registry.building add column place_key text not null
  generated always as (md5(coalesce(community_code, street_code, district_code, '') || '|' || estate || '|' || road)) stored;
create index building_by_place_key on registry.building (place_key);

create table registry.search_doc (
  id         integer generated always as identity primary key,
  kind       text    not null check (kind in ('place', 'org', 'area')),
  ref        text    not null, -- place key, organisation id or division code
  title      text    not null,
  subtitle   text    not null,
  body       text    not null, -- everything it is found by, normalised
  elevators  integer not null,
  area_codes text[]  not null,
  org_ids    uuid[]  not null,
  unique (kind, ref)
);
alter table registry.search_doc enable row level security;
create policy seen on registry.search_doc to tian_request using (kernel.sees(area_codes, org_ids));

create table registry.search_gram (
  gram   text    not null collate "C",
  doc_id integer not null references registry.search_doc (id) on delete cascade,
  primary key (gram, doc_id)
);
create index search_gram_by_doc on registry.search_gram (doc_id);

-- Runs as the owner and filters by the scope it is given: under a policy every posting would be checked first.
create function registry.search_docs(grams text[], weights integer[], seen_all boolean, areas text[], orgs uuid[], most integer)
  returns table (kind text, ref text, title text, subtitle text, body text, elevators integer, hits bigint)
  language sql stable security definer set search_path = pg_catalog as $$
  with asked as (select * from unnest(grams, weights) as a (gram, weight)),
  found as (
    select g.doc_id, sum(a.weight) as hits
    from asked a join registry.search_gram g on g.gram = a.gram collate "C" group by g.doc_id)
  select d.kind, d.ref, d.title, d.subtitle, d.body, d.elevators, f.hits
  from found f join registry.search_doc d on d.id = f.doc_id
  where seen_all or d.area_codes && areas or d.org_ids && orgs
  order by f.hits desc, d.elevators desc, d.id limit most
$$;

-- Codes by their beginning, as a range, so that any plan can use the index. A viewer of few elevators is served from those; a viewer of a district from the codes.
create function registry.search_codes(beginning text, seen_all boolean, areas text[], orgs uuid[], most integer)
  returns table (elevator_id uuid, type text, value text, in_force boolean)
  language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if seen_all or cardinality(areas) > 0 then
    -- A beginning that more than twenty thousand codes share is too vague to look for a small scope inside it.
    return query
      with begun as (
        select i.elevator_id, i.type, i.value, i.value_key, i.valid_to is null as in_force from registry.identifier i
        where i.value_key >= beginning collate "C" and i.value_key < beginning || U&'\+10FFFF' collate "C"
          and i.type <> 'source_key'
        order by i.value_key limit case when seen_all then most else 20000 end)
      select i.elevator_id, i.type, i.value, i.in_force
      from begun i join registry.elevator e on e.id = i.elevator_id
      where seen_all or e.area_codes && areas or e.org_ids && orgs
      order by i.value_key limit most;
  else
    return query
      with mine as materialized (select e.id from registry.elevator e where e.org_ids && orgs)
      select i.elevator_id, i.type, i.value, i.valid_to is null
      from mine m join registry.identifier i on i.elevator_id = m.id
      where i.value_key >= beginning collate "C" and i.value_key < beginning || U&'\+10FFFF' collate "C" and i.type <> 'source_key'
      order by i.value_key limit most;
  end if;
end $$;

grant select on registry.search_doc to tian_request;
grant execute on function registry.search_docs, registry.search_codes to tian_request;

-- The elevators of a viewer's own organisations. Runs as the owner because array overlap is not leakproof: under the
-- policy a list of forty would walk the whole city (2.2 s of 225,000; this way a few milliseconds).
create function registry.own_elevators() returns setof uuid
  language sql stable security definer set search_path = pg_catalog
  begin atomic
    select e.id from registry.elevator e where e.org_ids && (select kernel.scope_orgs());
  end;
grant execute on function registry.own_elevators to tian_request;
