-- Entrapments, from the first sign to the file's end: the present in rescue.incident and rescue.offer, the whole history
-- in rescue.incident_log, which only grows.

create schema if not exists rescue;
grant usage on schema rescue to tian_request;

-- One happening that holds many: a power cut on one feeder, a storm in one community.
create table rescue.event_group (
  id             uuid        primary key,
  cause          text        not null check (cause in ('feeder', 'community', 'desk')),
  power_feeder   text,
  community_code text,
  started_at     timestamptz not null,
  last_at        timestamptz not null, -- its newest incident; the next one within the window joins
  ref            text                  -- the power cut it came from, when telemetry saw one
);
create index event_group_by_place on rescue.event_group (power_feeder, community_code, last_at desc);

create table rescue.incident (
  id              uuid             primary key,
  number          text             not null unique, -- as people say it: 320205-20261120-000017
  elevator_id     uuid             not null references registry.elevator (id),
  group_id        uuid             references rescue.event_group (id),
  drill_id        uuid,
  drill           boolean          not null default false,
  version         integer          not null check (version >= 0),
  phase           text             not null check (phase in ('raised', 'offered', 'under_way', 'on_site', 'released',
                                     'closed', 'dismissed', 'joined')),
  level           smallint         not null check (level between 0 and 3),
  aware_at        timestamptz      not null,
  clocks          jsonb            not null, -- every clock with source time, our time and which one figures use
  timers          jsonb            not null,
  next_due_at     timestamptz,
  needs           jsonb            not null,
  confidence      double precision not null check (confidence between 0 and 1),
  by_person       boolean          not null,
  must_look_again boolean          not null default false,
  hand_off        jsonb,
  released_at     timestamptz,
  people          integer          check (people between 0 and 200),
  end_name        text             check (end_name in ('closed', 'dismissed', 'joined')),
  end_at          timestamptz,
  end_reason      text             not null default '',
  joined_into     uuid             references rescue.incident (id),
  danger          integer          not null, -- order of the queue: higher first
  agent_id        uuid,                      -- the agent who took it
  -- What statistics count by, as it was when the incident was made.
  district_code   text,
  street_code     text,
  community_code  text,
  place_class     text,
  kind            text             not null,
  brand           text             not null default '',
  in_use_on       date,
  use_org_id      uuid,
  maintenance_org_id uuid,
  rescue_code     text,
  address         text             not null default '',
  lng             double precision,
  lat             double precision,
  area_codes      text[]           not null,
  org_ids         uuid[]           not null,
  check ((end_name is null) = (end_at is null))
);
-- The city may not have two open entrapments in one car: the second report joins the first. Drills stand apart.
create unique index incident_one_open_per_elevator on rescue.incident (elevator_id)
  where phase in ('raised', 'offered', 'under_way', 'on_site') and not drill;
create unique index incident_one_drill_per_elevator on rescue.incident (elevator_id)
  where phase in ('raised', 'offered', 'under_way', 'on_site') and drill;
create index incident_due on rescue.incident (next_due_at) where next_due_at is not null;
create index incident_queue on rescue.incident (danger desc, aware_at) where end_name is null;
create index incident_by_elevator on rescue.incident (elevator_id, aware_at desc);
create index incident_by_month on rescue.incident (aware_at, district_code) where not drill;
create index incident_by_group on rescue.incident (group_id) where group_id is not null;
create index incident_by_area on rescue.incident using gin (area_codes);
create index incident_by_org on rescue.incident using gin (org_ids);

-- One rescuer and one incident.
create table rescue.offer (
  id          uuid        primary key,
  incident_id uuid        not null references rescue.incident (id),
  crew_id     text        not null, -- the rescuer's person id, or the number of a service that came by itself
  person_id   uuid,
  org_id      uuid,
  level       smallint    not null check (level between 0 and 3),
  place       integer     not null check (place >= 1),
  state       text        not null check (state in ('planned', 'offered', 'accepted', 'departed', 'arrived', 'refused',
                            'expired', 'withdrawn')),
  offered_at  timestamptz not null,
  reasons     jsonb       not null default '[]', -- why this rescuer: shown with the choice and kept
  eta_seconds integer,
  chosen_by   text        not null default 'system',
  live        boolean     not null, -- the job is in the rescuer's plan
  unique (incident_id, crew_id)
);
create index offer_by_person on rescue.offer (person_id, offered_at desc);
create index offer_live on rescue.offer (person_id) where live;

-- What happened, in order, for ever. Each line holds the hash of the one before it: a missing or changed line shows.
create table rescue.incident_log (
  incident_id uuid        not null references rescue.incident (id),
  seq         integer     not null check (seq > 0),
  at          timestamptz not null,
  happened_at timestamptz,
  actor       text        not null,
  what        text        not null,
  data        jsonb       not null,
  remarks     text[]      not null default '{}',
  report_key  text,                     -- made by the phone: a repeat of the same report does nothing
  corrects    integer,                  -- the line this one puts right
  before_hash text        not null,
  hash        text        not null,
  primary key (incident_id, seq)
);
create unique index incident_log_report_once on rescue.incident_log (incident_id, report_key) where report_key is not null;

-- A timer's effect, once for ever: the row is written in the transaction that moves the incident.
create table rescue.timer_effect (
  incident_id uuid        not null references rescue.incident (id),
  level       smallint    not null,
  kind        text        not null,
  version     integer     not null,
  due_at      timestamptz not null,
  at          timestamptz not null,
  primary key (incident_id, level, kind, version)
);

-- Every sign that made us believe it: sensor findings, buttons, calls, scans, other platforms.
create table rescue.evidence (
  id          uuid             primary key,
  incident_id uuid             not null references rescue.incident (id),
  kind        text             not null,
  source_ref  text             not null, -- finding, call or scan it came from
  at          timestamptz      not null,
  received_at timestamptz      not null,
  confidence  double precision not null check (confidence between 0 and 1),
  reasons     text[]           not null default '{}',
  detail      jsonb            not null default '{}',
  unique (kind, source_ref)
);
create index evidence_by_incident on rescue.evidence (incident_id, at);

-- The last part of an incident's number. A sequence, because many are opened at once and none may wait for another.
create sequence rescue.incident_number;

-- Children of an incident are seen with it: they are only read incident by incident.
create function rescue.sees_incident(incident uuid) returns boolean
  language sql stable parallel safe security definer set search_path = pg_catalog
  return exists (select from rescue.incident i where i.id = incident and kernel.sees(i.area_codes, i.org_ids));

alter table rescue.incident enable row level security;
create policy seen on rescue.incident for select to tian_request using (kernel.sees(area_codes, org_ids));
alter table rescue.offer enable row level security;
create policy seen on rescue.offer for select to tian_request using (rescue.sees_incident(incident_id));
alter table rescue.incident_log enable row level security;
create policy seen on rescue.incident_log for select to tian_request using (rescue.sees_incident(incident_id));
alter table rescue.evidence enable row level security;
create policy seen on rescue.evidence for select to tian_request using (rescue.sees_incident(incident_id));
alter table rescue.event_group enable row level security;
create policy seen on rescue.event_group for select to tian_request
  using (exists (select from rescue.incident i where i.group_id = event_group.id));
alter table rescue.timer_effect enable row level security;

-- Commands reach beyond their author's sight (the next rescuer may belong to a unit he does not see): they run as the
-- owner once he was found to see the incident. Requests themselves only read.
grant select on rescue.incident, rescue.offer, rescue.incident_log, rescue.evidence, rescue.event_group to tian_request;
grant execute on function rescue.sees_incident to tian_request;

create function rescue.never_changes() returns trigger language plpgsql as $$
begin
  raise exception 'rescue.% only grows: write a correction instead', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger only_grows before update or delete on rescue.incident_log
  for each row execute function rescue.never_changes();
