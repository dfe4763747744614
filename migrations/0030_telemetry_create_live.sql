-- Who may send telemetry, the present of every elevator, what detection found, and what was set aside.

create schema if not exists telemetry;

-- A sender: an enterprise platform, a gateway or one box.
create table telemetry.source (
  id           uuid        primary key,
  no           integer     generated always as identity unique, -- key of telemetry history
  client_id    uuid        not null unique,       -- the machine client that speaks
  name         text        not null check (name <> ''),
  org_id       uuid,                              -- null: the city's own platform
  code_set     text        not null,              -- how its fault, event and alarm codes are read
  -- 'parties': elevators whose file names its organisation as maintenance unit or maker, and those bound to it.
  -- 'city': every elevator; for a platform that the city itself runs.
  reach        text        not null default 'parties' check (reach in ('parties', 'city')),
  heard_at     timestamptz,                       -- last message that was kept
  silent_since timestamptz,                       -- set while all of its elevators are silent
  version      integer     not null default 0,
  created_at   timestamptz not null default clock_timestamp(),
  area_codes   text[]      not null default '{}', -- of the elevators it was heard from
  org_ids      uuid[]      not null,
  check (reach = 'city' or org_id is not null)
);

-- Elevators a sender may speak for although its organisation is no party of theirs: boxes of a third company.
create table telemetry.binding (
  source_no   integer     not null references telemetry.source (no),
  elevator_id uuid        not null references registry.elevator (id),
  bound_by    text        not null,
  bound_at    timestamptz not null default clock_timestamp(),
  primary key (source_no, elevator_id)
);

-- The present: one row per elevator, rewritten in place many times a minute. No index holds a column that changes,
-- so with the free half of each page the rewrite touches no index.
create table telemetry.live (
  elevator_no integer     primary key,
  elevator_id uuid        not null unique,
  source_no   integer     not null,
  heard_at    timestamptz not null,                     -- our clock, at the newest message
  at          timestamptz not null,                     -- the sender's clock, at the message the present reflects
  first_at    timestamptz not null default clock_timestamp(),
  present     jsonb       not null,                     -- last known values; a value never said is absent
  detector    jsonb       not null,                     -- what detection remembers
  wake_at     timestamptz,                              -- when detection wants to see time pass
  windows     jsonb       not null,                     -- per sender: the last 1,024 numbers, by boot
  pos         bigint      not null,                     -- the history position this row reflects
  area_codes  text[]      not null,
  org_ids     uuid[]      not null
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
create index live_by_area on telemetry.live using gin (area_codes);
create index live_by_org on telemetry.live using gin (org_ids);

-- Every live row reflects history at least up to here: a start replays what came after.
create table telemetry.checkpoint (
  shard integer primary key,
  pos   bigint  not null
) with (fillfactor = 20);

create table telemetry.finding (
  id            uuid        primary key,          -- made from elevator, kind and opening message: a replay doubles none
  elevator_no   integer     not null,
  elevator_id   uuid        not null,
  kind          text        not null,
  detail        text,                             -- for faults a sender told of: what it says it is
  confidence    real        not null check (confidence between 0 and 1),
  reasons       text[]      not null,
  evidence      jsonb       not null,
  started_at    timestamptz not null,             -- when the condition began
  evidence_at   timestamptz not null,             -- the message or tick that completed the evidence
  opened_at     timestamptz not null,             -- our clock
  closed_at     timestamptz,
  close_reason  text,
  owner_org_id  uuid,                             -- who must act; null: nobody is known
  taken_by      uuid,                             -- the account that took it in hand
  taken_at      timestamptz,
  taken_remark  text        not null default '',
  version       integer     not null default 0,
  area_codes    text[]      not null,
  org_ids       uuid[]      not null,
  check ((closed_at is null) = (close_reason is null))
);
create index finding_open on telemetry.finding (kind, opened_at desc) where closed_at is null;
create index finding_by_elevator on telemetry.finding (elevator_no, opened_at desc);
create index finding_by_elevator_id on telemetry.finding (elevator_id, opened_at desc);
create index finding_by_time on telemetry.finding (opened_at desc, id desc);
create index finding_by_kind on telemetry.finding (kind, opened_at desc, id desc);
create index finding_by_area on telemetry.finding using gin (area_codes);
create index finding_by_org on telemetry.finding using gin (org_ids);

-- Many elevators of one place without mains at once.
create table telemetry.power_cut (
  id             uuid        primary key,
  feeder         text,
  community_code text,
  started_at     timestamptz not null,
  ended_at       timestamptz,
  elevator_ids   uuid[]      not null,
  version        integer     not null default 0,
  area_codes     text[]      not null,
  org_ids        uuid[]      not null
);
create index power_cut_open on telemetry.power_cut (started_at desc) where ended_at is null;

-- Times in which an elevator was not heard for longer than the city's limit; written when it is heard again.
create table telemetry.gap (
  elevator_no integer     not null,
  from_at     timestamptz not null,
  to_at       timestamptz not null,
  source_no   integer     not null,
  area_codes  text[]      not null,
  org_ids     uuid[]      not null,
  primary key (elevator_no, from_at)
);
create index gap_by_time on telemetry.gap (to_at);

-- What could not be read or believed, as it came. The raw text is kept for the first of each hour; all are counted.
create table telemetry.quarantine (
  id          bigint      generated always as identity primary key,
  source_no   integer     not null,
  received_at timestamptz not null,
  door        text        not null check (door in ('mqtt', 'http')),
  reason      text        not null,
  detail      text        not null,
  elevator    text        not null,               -- the elevator's name as given; empty when it could not be read
  raw         bytea       not null,               -- at most 16 KB
  raw_bytes   integer     not null,               -- how long it really was
  area_codes  text[]      not null,
  org_ids     uuid[]      not null
);
create index quarantine_by_source on telemetry.quarantine (source_no, received_at desc);
create index quarantine_by_time on telemetry.quarantine (received_at desc, id desc);

-- Messages per sender, hour and outcome: 'stored', 'repeated', or the reason they were set aside.
create table telemetry.tally (
  source_no integer     not null,
  hour_at   timestamptz not null,
  outcome   text        not null,
  messages  bigint      not null,
  primary key (source_no, hour_at, outcome)
);

-- Batches that brought a key: the same key again is answered with the same answer.
create table telemetry.batch (
  source_no   integer     not null,
  key         text        not null,
  body_sha256 bytea       not null,
  answer      jsonb       not null,
  received_at timestamptz not null default clock_timestamp(),
  primary key (source_no, key)
);
create index batch_by_age on telemetry.batch (received_at);

-- Cars that somebody is looking at: the ingest process tells of these at once.
create table telemetry.watch (
  elevator_no integer     primary key,
  until_at    timestamptz not null
);

create function telemetry.sees_elevator(no integer) returns boolean
  language sql stable parallel safe security definer set search_path = pg_catalog
  return exists (select from telemetry.live l where l.elevator_no = no and kernel.sees(l.area_codes, l.org_ids));

alter table telemetry.source enable row level security;
create policy seen on telemetry.source to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
alter table telemetry.live enable row level security;
create policy seen on telemetry.live to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
alter table telemetry.finding enable row level security;
create policy seen on telemetry.finding to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
alter table telemetry.power_cut enable row level security;
create policy seen on telemetry.power_cut to tian_request using (kernel.sees(area_codes, org_ids));
alter table telemetry.gap enable row level security;
create policy seen on telemetry.gap to tian_request using (kernel.sees(area_codes, org_ids));
alter table telemetry.quarantine enable row level security;
create policy seen on telemetry.quarantine to tian_request using (kernel.sees(area_codes, org_ids));
-- Counts of a sender are seen by those who see the sender; the inner question passes through its policy.
alter table telemetry.tally enable row level security;
create policy seen on telemetry.tally to tian_request
  using (source_no in (select s.no from telemetry.source s));
alter table telemetry.watch enable row level security;
create policy seen on telemetry.watch to tian_request
  using (telemetry.sees_elevator(elevator_no)) with check (telemetry.sees_elevator(elevator_no));

-- Being heard is no change that anybody made: only what people decide is kept.
create trigger keep_audit after update of name, org_id, code_set, reach or delete on telemetry.source for each row execute function kernel.keep_audit();
create trigger keep_audit after insert or delete on telemetry.binding for each row execute function kernel.keep_audit();

grant usage on schema telemetry to tian_request;
grant select on telemetry.source, telemetry.binding to tian_request;
grant update (name, code_set, version) on telemetry.source to tian_request;
grant select (elevator_no, elevator_id, source_no, heard_at, at, first_at, present, pos, area_codes, org_ids)
  on telemetry.live to tian_request;
grant select on telemetry.finding, telemetry.power_cut, telemetry.gap, telemetry.quarantine, telemetry.tally to tian_request;
grant update (taken_by, taken_at, taken_remark, version) on telemetry.finding to tian_request;
grant select, insert, update on telemetry.watch to tian_request;
grant execute on function telemetry.sees_elevator to tian_request;
