-- One file per elevator: what it is, where it stands, every code it is known by, and who answers for it.

create schema if not exists registry;

create table registry.building (
  id             uuid             primary key,
  estate         text             not null default '', -- 小区, 商场, 园区: what people call the whole place
  name           text             not null default '', -- 3 幢
  road           text             not null default '', -- 某路 12 号
  district_code  text,                                 -- null: not known yet
  street_code    text,
  community_code text,
  given_lng      double precision,                     -- coordinates as they came, with their reference system
  given_lat      double precision,
  crs            text             check (crs in ('WGS84', 'GCJ02', 'BD09', 'CGCS2000')),
  lng            double precision,                     -- the same place in WGS-84
  lat            double precision,
  power_feeder   text,                                 -- one feeder, one power cut
  source         text             not null,
  version        integer          not null default 0,
  created_at     timestamptz      not null default clock_timestamp(),
  check ((given_lng is null) = (crs is null) and (lng is null) = (lat is null))
);
create index building_by_area on registry.building (district_code, street_code, community_code);
create index building_by_place on registry.building (estate, road, name);

create table registry.elevator (
  id                     uuid             primary key,
  no                     integer          generated always as identity unique, -- key of telemetry history
  kind                   text             not null check (kind in ('lift', 'escalator', 'moving_walk')),
  variety                text             not null,
  catalogue_2014         text,             -- class by the catalogue of 2014
  catalogue_old          text,             -- class by the catalogue before it; the two are never mixed
  state                  text             not null check (state in ('made', 'sold', 'installed', 'supervised_inspection',
                                            'registered', 'in_use', 'stopped', 'sealed', 'scrapped')),
  state_at               timestamptz      not null,
  building_id            uuid             references registry.building (id),
  unit                   text             not null default '', -- 1 单元, 东侧客梯: which one in the building
  in_house_no            text             not null default '',
  model                  text             not null default '',
  brand                  text             not null default '',
  made_on                date,
  installed_on           date,
  in_use_on              date,
  next_inspection_on     date,
  rated_speed_mm_per_s   integer          check (rated_speed_mm_per_s between 0 and 20000),
  rated_load_kg          integer          check (rated_load_kg between 0 and 100000),
  bottom_floor           integer,
  top_floor              integer,
  stops                  integer          check (stops between 0 and 300),
  params                 jsonb            not null default '{}', -- technical parameters of the kind, checked by the module
  source                 text             not null,
  version                integer          not null default 0,
  merged_into            uuid             references registry.elevator (id),
  created_at             timestamptz      not null default clock_timestamp(),
  changed_at             timestamptz      not null default clock_timestamp(),
  -- Kept by the module from building, identifiers, parties and classes, so that lists read one row.
  address                text             not null default '',
  district_code          text,
  street_code            text,
  community_code         text,
  lng                    double precision,
  lat                    double precision,
  power_feeder           text,
  place_class            text,
  registration_code      text,
  rescue_code            text,
  use_org_id             uuid,
  maintenance_org_id     uuid,
  inspection_org_id      uuid,
  maker_org_id           uuid,
  quality                smallint         not null default 0, -- 0–100: how complete and consistent the file is
  area_codes             text[]           not null,
  org_ids                uuid[]           not null
);
create index elevator_by_area on registry.elevator using gin (area_codes);
create index elevator_by_org on registry.elevator using gin (org_ids);
create index elevator_by_building on registry.elevator (building_id);
create index elevator_by_registration on registry.elevator (registration_code, id) where merged_into is null;
create index elevator_by_rescue on registry.elevator (rescue_code, id) where merged_into is null;
create index elevator_by_address on registry.elevator (address, id) where merged_into is null;
create index elevator_by_change on registry.elevator (changed_at, id);
create index elevator_by_district on registry.elevator (district_code, street_code, community_code, state)
  where merged_into is null;

-- Codes from outside, each with its issuer and its days. The file keeps every code it ever had.
create table registry.identifier (
  id           uuid        primary key,
  elevator_id  uuid        not null references registry.elevator (id),
  type         text        not null check (type in ('registration_code', 'use_registration', 'device_code', 'maker_number',
                             'rescue_code', 'source_key')),
  value        text        not null check (value <> ''), -- as given
  value_key    text        collate "C" not null,         -- as compared: half width, upper case, no spaces
  issuer       text        not null default '',          -- maker's USCC for maker's numbers, the source for source keys
  valid_from   date,
  valid_to     date,                                     -- null: still in force
  warnings     text[]      not null default '{}',        -- what looked wrong; it never blocks
  came_from    uuid,                                     -- the file it belonged to before a merge
  recorded_at  timestamptz not null default clock_timestamp()
);
create index identifier_by_elevator on registry.identifier (elevator_id);
create index identifier_by_value on registry.identifier (value_key, type);
create unique index identifier_one_in_force on registry.identifier (type, issuer, value_key) where valid_to is null;
-- A rescue code is painted in cars and known by heart: once given it never means another elevator.
create unique index identifier_rescue_code_never_reused on registry.identifier (value_key) where type = 'rescue_code';

-- Who answered for the elevator, in which role, from when to when.
create table registry.party (
  id           uuid        primary key,
  elevator_id  uuid        not null references registry.elevator (id),
  role         text        not null check (role in ('owner', 'use_unit', 'property', 'maintenance', 'maker', 'installer',
                             'seller', 'construction', 'inspection', 'insurer', 'safety_director', 'safety_officer')),
  org_id       uuid,
  person_id    uuid,
  from_on      date        not null,
  to_on        date,                                     -- null: still
  source       text        not null,
  recorded_at  timestamptz not null default clock_timestamp(),
  check (org_id is not null or person_id is not null),
  check (to_on is null or to_on >= from_on)
);
create index party_by_elevator on registry.party (elevator_id, role);
create index party_by_org on registry.party (org_id, role);
create unique index party_one_at_a_time on registry.party (elevator_id, role)
  where to_on is null and role in ('use_unit', 'maintenance', 'maker', 'inspection', 'installer', 'seller', 'construction');

-- The classes by which the city counts, each with its source and the day it was true.
create table registry.classification (
  elevator_id uuid        not null references registry.elevator (id),
  field       text        not null check (field in ('place_class', 'place_fine', 'unit_class', 'funding', 'single_owner',
                            'affordable_housing', 'resettlement', 'firefighter', 'added_to_housing', 'managed_estate', 'high_rise', 'residents_served', 'machine_room_place',
                            'machine_room_cooled')),
  value       text        not null,
  source      text        not null,
  as_of_on    date        not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (elevator_id, field)
);
create index classification_by_value on registry.classification (field, value, elevator_id);

-- What other modules may join: its columns are promises.
create view registry.elevator_card with (security_invoker = true) as
select e.id, e.no, e.rescue_code, e.registration_code, e.kind, e.variety, e.state, e.place_class,
  e.address, b.estate, b.name as building_name, e.building_id, e.unit, e.district_code, e.street_code, e.community_code,
  e.area_codes, e.org_ids, e.use_org_id, e.maintenance_org_id, e.inspection_org_id, e.maker_org_id,
  e.lng, e.lat, e.power_feeder, e.rated_speed_mm_per_s, e.rated_load_kg, e.bottom_floor, e.top_floor, e.stops,
  e.model, e.brand, e.made_on, e.installed_on, e.in_use_on, e.next_inspection_on
from registry.elevator e left join registry.building b on b.id = e.building_id
where e.merged_into is null;

-- The codes, parties and classes of a file are seen with the file. They are only ever read file by file, through an
-- index on elevator_id, so one look-up a row costs nothing that the arrays on each of them would not cost many times over.
create function registry.sees_elevator(elevator uuid) returns boolean
  language sql stable parallel safe security definer set search_path = pg_catalog
  return exists (select from registry.elevator e where e.id = elevator and kernel.sees(e.area_codes, e.org_ids));

alter table registry.elevator enable row level security;
create policy seen on registry.elevator to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));

alter table registry.identifier enable row level security;
create policy seen on registry.identifier to tian_request using (registry.sees_elevator(elevator_id));
alter table registry.party enable row level security;
create policy seen on registry.party to tian_request
  using (org_id = any ((select kernel.scope_orgs())::uuid[]) or registry.sees_elevator(elevator_id));
alter table registry.classification enable row level security;
create policy seen on registry.classification to tian_request using (registry.sees_elevator(elevator_id));
-- A building is a public place: its name and address are written on it.
alter table registry.building enable row level security;
create policy seen on registry.building to tian_request using (true) with check (true);

create trigger keep_audit after update or delete on registry.building for each row execute function kernel.keep_audit();
create trigger keep_audit after update or delete on registry.elevator for each row execute function kernel.keep_audit();
create trigger keep_audit after update or delete on registry.identifier for each row execute function kernel.keep_audit();
create trigger keep_audit after update or delete on registry.party for each row execute function kernel.keep_audit();
create trigger keep_audit after update or delete on registry.classification for each row execute function kernel.keep_audit();

grant usage on schema registry to tian_request;
grant select, insert, update on registry.building, registry.elevator to tian_request;
grant select, insert, update on registry.identifier, registry.party, registry.classification to tian_request;
grant select on registry.elevator_card to tian_request;
grant execute on function registry.sees_elevator to tian_request;

-- Is a code another elevator's, whoever may see that one? Says that it is taken and not by whom.
create function registry.code_taken(elevator uuid, code_type text, code_key text, code_issuer text) returns boolean
  language sql stable security definer set search_path = pg_catalog
  return exists (select from registry.identifier i
    where i.type = code_type and i.value_key = code_key collate "C" and i.elevator_id <> elevator
      and (i.type = 'rescue_code' or (i.issuer = code_issuer and i.valid_to is null)));
grant execute on function registry.code_taken to tian_request;
