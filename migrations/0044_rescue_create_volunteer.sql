-- Volunteer forces (社会力量) apply without an account, show what they can do, and are approved or refused with a reason.

create table rescue.volunteer_force (
  id                 uuid        primary key,
  number             text        not null unique,   -- as people say it: SF-000017
  report_key         text        not null unique,   -- made by the form: sent twice, it is one
  code_key           text        not null unique,   -- keyed hash of the enquiry code; the code itself is not kept
  state              text        not null check (state in ('waiting', 'approved', 'refused', 'withdrawn', 'ended', 'expired')),
  applicant          text        not null check (applicant in ('person', 'organisation')),
  category           text        not null check (category in ('fire_volunteer', 'retired_technician', 'property_crew',
                                   'rescue_team', 'other')),
  name               text,                          -- cipher text, as are contact, phone, number and members; null: forgotten
  contact            text,
  phone              text,
  phone_key          text,
  members            text,
  competence         text        not null,
  certificate_kind   text        not null default '',
  certificate_number text,
  certificate_until  date,
  district_code      text        not null,
  address            text        not null,
  lng                double precision,
  lat                double precision,
  weekdays           smallint[]  not null check (cardinality(weekdays) between 1 and 7),
  from_time          text        not null,
  to_time            text        not null,
  applied_at         timestamptz not null,
  decided_at         timestamptz,
  decided_by         text,
  reason             text        not null default '',
  valid_until        date,
  ended_on           date,
  warned_on          date,                          -- when the applicant was told that it ends soon
  rostered_to        date,                          -- the last day that stands in the roster
  org_id             uuid        references identity.org (id),
  station_id         uuid        references rescue.station (id),
  version            integer     not null default 0,
  area_codes         text[]      not null,
  org_ids            uuid[]      not null,
  check ((lng is null) = (lat is null)),
  check (state <> 'approved' or (valid_until is not null and org_id is not null))
);
-- Whoever has applied, or stands, does not apply again with the same phone.
create unique index volunteer_force_one_per_phone on rescue.volunteer_force (phone_key) where state in ('waiting', 'approved');
create index volunteer_force_by_state on rescue.volunteer_force (state, applied_at desc);

create sequence rescue.volunteer_number;

-- What shows the competence: certificates photographed or scanned, as cipher text.
create table rescue.volunteer_paper (
  id         uuid        primary key,
  force_id   uuid        not null references rescue.volunteer_force (id),
  media_type text        not null,
  size_bytes integer     not null,
  hash       text        not null,
  content    text        not null,
  at         timestamptz not null,
  unique (force_id, hash)
);

-- Who of a force goes: a person of the register, in the order of the application.
create table rescue.volunteer_member (
  force_id  uuid     not null references rescue.volunteer_force (id),
  place     smallint not null,
  person_id uuid     not null unique,
  primary key (force_id, place)
);

alter table rescue.volunteer_force enable row level security;
create policy seen on rescue.volunteer_force for select to tian_request using (kernel.sees(area_codes, org_ids));
create function rescue.sees_volunteers(force uuid) returns boolean
  language sql stable parallel safe security definer set search_path = pg_catalog
  return exists (select from rescue.volunteer_force f where f.id = force and kernel.sees(f.area_codes, f.org_ids));
alter table rescue.volunteer_paper enable row level security;
create policy seen on rescue.volunteer_paper for select to tian_request using (rescue.sees_volunteers(force_id));
alter table rescue.volunteer_member enable row level security;
create policy seen on rescue.volunteer_member for select to tian_request using (rescue.sees_volunteers(force_id));

grant select on rescue.volunteer_force, rescue.volunteer_paper, rescue.volunteer_member to tian_request;
grant execute on function rescue.sees_volunteers to tian_request;

create trigger keep_audit after insert or update or delete on rescue.volunteer_force
  for each row execute function kernel.keep_audit();
