-- Who is who: administrative divisions, organisations with their licences, people with their certificates.

create schema if not exists identity;
grant usage on schema identity to tian_request;

-- Loaded from the city pack. A division that ends keeps its row and names those that took its place.
create table identity.division (
  code        text primary key check (code ~ '^\d{6,12}$'),
  name        text not null,
  level       text not null check (level in ('province', 'city', 'district', 'street', 'community')),
  parent_code text references identity.division (code) deferrable initially deferred,
  valid_from  date,
  valid_to    date,
  successors  text[] not null default '{}'
);
create index division_by_parent on identity.division (parent_code, code);

create table identity.org (
  id         uuid        primary key,
  name       text        not null check (name <> ''),
  name_key   text        not null,               -- as compared: half width, lower case, no spaces
  kinds      text[]      not null check (cardinality(kinds) > 0), -- the first is what it mainly is
  uscc       text,                               -- 统一社会信用代码, as given
  warnings   text[]      not null default '{}',  -- what looked wrong; it never blocks
  address    text        not null default '',
  duty_phone text        not null default '',    -- a switchboard or duty line: business data, shown as it is
  seat_areas text[]      not null default '{}',  -- district, street, community it sits in
  work_areas text[]      not null default '{}',  -- where it also works, or what an office governs
  closed_on  date,
  version    integer     not null default 0,
  created_at timestamptz not null default clock_timestamp(),
  area_codes text[]      not null,
  org_ids    uuid[]      not null
);
create index org_by_area on identity.org using gin (area_codes);
create index org_by_party on identity.org using gin (org_ids);
create index org_by_name on identity.org (name_key text_pattern_ops, id);
create index org_by_uscc on identity.org (uscc) where uscc is not null;

create table identity.licence (
  id         uuid   primary key,
  org_id     uuid   not null references identity.org (id),
  kind       text   not null check (kind in ('making', 'installation', 'maintenance', 'inspection', 'testing', 'insurance', 'broking')),
  number     text   not null check (number <> ''),
  scope      text   not null default '', -- grade and range, in the words of the licence
  issuer     text   not null default '',
  issued_on  date,
  expires_on date,
  ended_on   date,                       -- withdrawn or replaced before its time
  area_codes text[] not null,
  org_ids    uuid[] not null
);
create index licence_by_org on identity.licence (org_id);
create index licence_by_expiry on identity.licence (expires_on) where ended_on is null;
create unique index licence_once on identity.licence (org_id, kind, number);

-- Names and phones are cipher text; *_key is a keyed hash, by which exactly the same name or phone is found.
create table identity.person (
  id         uuid        primary key,
  org_id     uuid        references identity.org (id),
  name       text,
  name_key   text,
  phone      text,
  phone_key  text,
  demo       boolean     not null default false, -- an invented person: no message ever leaves for them
  duties     text[]      not null default '{}', -- safety_director, safety_officer, technician, …
  left_on    date,
  erased_at  timestamptz,                        -- name and phone are gone by the retention rule
  version    integer     not null default 0,
  created_at timestamptz not null default clock_timestamp(),
  area_codes text[]      not null,
  org_ids    uuid[]      not null,
  check ((name is null) = (name_key is null) and (phone is null) = (phone_key is null))
);
create index person_by_org on identity.person (org_id, id);
create index person_by_name on identity.person (name_key);
create index person_by_phone on identity.person (phone_key);

create table identity.certificate (
  id         uuid   primary key,
  person_id  uuid   not null references identity.person (id),
  kind       text   not null check (kind in ('elevator_work', 'safety_manager', 'inspector', 'rescuer')),
  number     text   not null, -- cipher text: it is often the number of an identity card
  number_key text   not null,
  issuer     text   not null default '',
  issued_on  date,
  expires_on date,
  ended_on   date,
  area_codes text[] not null,
  org_ids    uuid[] not null
);
create index certificate_by_person on identity.certificate (person_id);
create index certificate_by_expiry on identity.certificate (expires_on) where ended_on is null;
create unique index certificate_once on identity.certificate (person_id, kind, number_key);
create index certificate_by_number on identity.certificate (number_key);

-- What other modules may join: its columns are promises. An organisation's name is public; the rest of its row is not.
create view identity.org_card as select id, name, kinds[1] as kind, kinds from identity.org;

alter table identity.org enable row level security;
create policy seen on identity.org to tian_request
  using (kernel.sees(area_codes, org_ids) or (select kernel.viewer_role()) = 'administrator')
  with check (kernel.sees(area_codes, org_ids) or (select kernel.viewer_role()) = 'administrator');
alter table identity.licence enable row level security;
create policy seen on identity.licence to tian_request
  using (kernel.sees(area_codes, org_ids) or (select kernel.viewer_role()) = 'administrator')
  with check (kernel.sees(area_codes, org_ids) or (select kernel.viewer_role()) = 'administrator');
alter table identity.person enable row level security;
create policy seen on identity.person to tian_request
  using (kernel.sees(area_codes, org_ids) or (select kernel.viewer_role()) = 'administrator')
  with check (kernel.sees(area_codes, org_ids) or (select kernel.viewer_role()) = 'administrator');
alter table identity.certificate enable row level security;
create policy seen on identity.certificate to tian_request
  using (kernel.sees(area_codes, org_ids) or (select kernel.viewer_role()) = 'administrator')
  with check (kernel.sees(area_codes, org_ids) or (select kernel.viewer_role()) = 'administrator');
-- Divisions are public.
alter table identity.division enable row level security;
create policy seen on identity.division for select to tian_request using (true);

create trigger keep_audit after insert or update or delete on identity.org for each row execute function kernel.keep_audit();
create trigger keep_audit after insert or update or delete on identity.licence for each row execute function kernel.keep_audit();
create trigger keep_audit after insert or update or delete on identity.person for each row execute function kernel.keep_audit();
create trigger keep_audit after insert or update or delete on identity.certificate for each row execute function kernel.keep_audit();

grant select on identity.division, identity.org_card to tian_request;
grant select, insert, update on identity.org, identity.licence, identity.person, identity.certificate to tian_request;
