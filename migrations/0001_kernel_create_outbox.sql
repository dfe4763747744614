-- The hallway between modules: what happened, who has heard it, what stands on trace pages, who changed what.

create schema if not exists kernel;

create table kernel.outbox (
  id          uuid        primary key,
  type        text        not null,
  v           integer     not null check (v > 0),
  occurred_at timestamptz not null,
  subject     text        not null,
  version     integer     not null,
  area_codes  text[]      not null,
  org_ids     uuid[]      not null,
  data        jsonb       not null,
  written_at  timestamptz not null default clock_timestamp(),
  sent_at     timestamptz,
  attempts    integer     not null default 0,
  retry_at    timestamptz not null default clock_timestamp(),
  last_error  text
);

-- The relay asks for unsent rows only; sent ones leave this index at once.
create index outbox_unsent on kernel.outbox (retry_at, id) where sent_at is null;
create index outbox_sent on kernel.outbox (sent_at) where sent_at is not null;

-- One row per event and module that has acted on it: a repeat does nothing.
create table kernel.inbox (
  consumer text        not null,
  event_id uuid        not null,
  at       timestamptz not null default clock_timestamp(),
  primary key (consumer, event_id)
);

create table kernel.trace (
  id         bigint      generated always as identity primary key,
  subject    text        not null,
  at         timestamptz not null,
  code       text        not null,
  params     jsonb       not null,
  ref        text,
  actor      text        not null default coalesce(current_setting('tian.actor', true), ''),
  area_codes text[]      not null,
  org_ids    uuid[]      not null
);
create index trace_by_subject on kernel.trace (subject, at desc);

create table kernel.audit (
  id     bigint      generated always as identity primary key,
  at     timestamptz not null default clock_timestamp(),
  actor  text        not null,
  action text        not null,
  object text        not null,
  row_id text,
  before jsonb,
  after  jsonb
);
create index audit_by_object on kernel.audit (object, row_id, at desc);
create index audit_by_actor on kernel.audit (actor, at desc);
