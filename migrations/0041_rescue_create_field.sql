-- Who can go, where they are and when they are on duty; calls that were taken; what came after the rescue.

create table rescue.station (
  id         uuid             primary key,
  org_id     uuid             not null references identity.org (id),
  name       text             not null check (name <> ''),
  address    text             not null default '',
  kind       text             not null check (kind in ('maintenance', 'public', 'social')), -- social: registered 社会力量
  lng        double precision,
  lat        double precision,
  closed_on  date,
  version    integer          not null default 0,
  area_codes text[]           not null,
  org_ids    uuid[]           not null
);
create index station_by_org on rescue.station (org_id);

-- A person who may be offered rescues. Name and phone stay with the identity module.
create table rescue.rescuer (
  person_id       uuid             primary key,
  org_id          uuid             not null references identity.org (id),
  station_id      uuid             references rescue.station (id),
  label           text             not null,          -- as colleagues call the crew: 甲站王组
  kind            text             not null check (kind in ('maintenance', 'public', 'social')),
  certified_until date,                               -- null: no certificate on file
  lng             double precision,
  lat             double precision,
  position_at     timestamptz,
  drill_only      boolean          not null default false,
  left_on         date,
  area_codes      text[]           not null,
  org_ids         uuid[]           not null,
  check ((lng is null) = (lat is null) and (lng is null) = (position_at is null))
);
create index rescuer_by_org on rescue.rescuer (org_id) where left_on is null;

-- Who is on duty from when to when. A person may also say so himself on his phone.
create table rescue.duty (
  id         uuid        primary key,
  person_id  uuid        not null references rescue.rescuer (person_id),
  from_at    timestamptz not null,
  to_at      timestamptz not null,
  source     text        not null check (source in ('roster', 'phone', 'import')),
  area_codes text[]      not null,
  org_ids    uuid[]      not null,
  check (to_at > from_at)
);
create index duty_by_person on rescue.duty (person_id, to_at);
create index duty_by_time on rescue.duty (to_at, from_at);

-- Every call and every other report by a person that was taken, also those that are no entrapments.
create table rescue.call (
  id             uuid        primary key,
  at             timestamptz not null,
  connected_at   timestamptz,             -- when the line was open: the beginning of the clock
  channel        text        not null check (channel in ('phone', 'qr', 'button', 'partner', 'exchange')),
  kind           text        not null check (kind in ('entrapment', 'fault', 'complaint', 'question', 'false_alarm')),
  routed_to      text        not null default '', -- whom it was passed to, for those that are no entrapments
  elevator_id    uuid        references registry.elevator (id),
  incident_id    uuid        references rescue.incident (id),
  joined         boolean     not null default false, -- a repeat of an open incident
  caller         text,                    -- cipher text of the number; gone after the retention
  caller_key     text,
  caller_until   date,
  call_back      text        not null default '' check (call_back in ('', 'wanted', 'done')),
  recording_ref  text,
  recording_until date,
  said           text        not null default '',
  needs          jsonb       not null,
  report_key     text        unique,      -- made by the sender: a repeat does nothing
  partner_ref    text,                    -- the number it has at 110, 119 or 12345
  actor          text        not null,
  area_codes     text[]      not null,
  org_ids        uuid[]      not null
);
create index call_by_time on rescue.call (at desc);
create index call_by_incident on rescue.call (incident_id);
create index call_to_forget on rescue.call (caller_until) where caller is not null;

-- Talking with the car: started, ended, failed. What the voice adapter did stands on the timeline too.
create table rescue.talk (
  id          uuid        primary key,
  incident_id uuid        not null references rescue.incident (id),
  started_at  timestamptz not null,
  ended_at    timestamptz,
  outcome     text        check (outcome in ('ended', 'failed')),
  reason      text        not null default '',
  adapter     text        not null
);
create index talk_by_incident on rescue.talk (incident_id);

-- Why it happened: first cause from the site, class and detail later from the level-1 unit. A new one corrects the old.
create table rescue.cause (
  id          uuid        primary key,
  incident_id uuid        not null references rescue.incident (id),
  at          timestamptz not null,
  stage       text        not null check (stage in ('first', 'final')),
  class_code  text        not null,
  detail_code text        not null,
  method      text        not null default '', -- how the people were freed
  remark      text        not null default '',
  actor       text        not null,
  corrects    uuid        references rescue.cause (id)
);
create index cause_by_incident on rescue.cause (incident_id, at desc);

create table rescue.confirmation (
  id           uuid        primary key,
  incident_id  uuid        not null references rescue.incident (id),
  at           timestamptz not null,
  outcome      text        not null check (outcome in ('all_out', 'not_out', 'unreachable')),
  satisfaction smallint    check (satisfaction between 1 and 5),
  said         text        not null default '',
  actor        text        not null
);
create index confirmation_by_incident on rescue.confirmation (incident_id, at desc);

create table rescue.drill (
  id          uuid        primary key,
  org_id      uuid        not null references identity.org (id),
  elevator_id uuid        not null references registry.elevator (id),
  incident_id uuid        references rescue.incident (id),
  started_at  timestamptz not null,
  ended_at    timestamptz,
  outcome     text        not null default '' check (outcome in ('', 'done', 'real_alarm', 'called_off')),
  summary     text        not null default '',
  area_codes  text[]      not null,
  org_ids     uuid[]      not null
);
create index drill_by_org on rescue.drill (org_id, started_at desc);

-- What one shift leaves to the next.
create table rescue.handover (
  id          uuid        primary key,
  at          timestamptz not null,
  from_account text       not null,
  to_account  text        not null default '',
  note        text        not null,
  open_ids    uuid[]      not null,
  accepted_at timestamptz,
  area_codes  text[]      not null,
  org_ids     uuid[]      not null
);
create index handover_by_time on rescue.handover (at desc);

-- Messages with another 96333 platform: each is kept, numbered and acknowledged, so that a repeat does nothing.
create table rescue.exchange (
  id          uuid        primary key,
  peer        text        not null,
  direction   text        not null check (direction in ('in', 'out')),
  message_id  text        not null,
  incident_id uuid        references rescue.incident (id),
  peer_ref    text,                     -- the incident's id at the peer
  body        jsonb       not null,
  at          timestamptz not null,
  state       text        not null check (state in ('waiting', 'acknowledged', 'given_up')),
  attempts    integer     not null default 0,
  retry_at    timestamptz not null,
  last_error  text        not null default '',
  unique (peer, direction, message_id)
);
create index exchange_waiting on rescue.exchange (retry_at) where state = 'waiting';
create index exchange_by_incident on rescue.exchange (incident_id);

create table rescue.peer (
  name      text    primary key,
  url       text    not null,
  secret    text    not null, -- cipher text of the credential we show there
  active    boolean not null default true
);

alter table rescue.station enable row level security;
create policy seen on rescue.station to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
alter table rescue.rescuer enable row level security;
create policy seen on rescue.rescuer to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
alter table rescue.duty enable row level security;
create policy seen on rescue.duty to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
alter table rescue.call enable row level security;
create policy seen on rescue.call for select to tian_request using (kernel.sees(area_codes, org_ids));
alter table rescue.talk enable row level security;
create policy seen on rescue.talk for select to tian_request using (rescue.sees_incident(incident_id));
alter table rescue.cause enable row level security;
create policy seen on rescue.cause for select to tian_request using (rescue.sees_incident(incident_id));
alter table rescue.confirmation enable row level security;
create policy seen on rescue.confirmation for select to tian_request using (rescue.sees_incident(incident_id));
alter table rescue.drill enable row level security;
create policy seen on rescue.drill to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
alter table rescue.handover enable row level security;
create policy seen on rescue.handover to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
alter table rescue.exchange enable row level security;
create policy seen on rescue.exchange for select to tian_request using (rescue.sees_incident(incident_id));
alter table rescue.peer enable row level security;

create trigger only_grows before update or delete on rescue.cause for each row execute function rescue.never_changes();
create trigger only_grows before update or delete on rescue.confirmation
  for each row execute function rescue.never_changes();
create trigger keep_audit after insert or update or delete on rescue.station
  for each row execute function kernel.keep_audit();
create trigger keep_audit after insert or delete on rescue.duty for each row execute function kernel.keep_audit();

grant select, insert, update on rescue.station, rescue.handover to tian_request;
grant select on rescue.rescuer, rescue.duty, rescue.call, rescue.talk, rescue.cause, rescue.confirmation,
  rescue.drill, rescue.exchange to tian_request;
