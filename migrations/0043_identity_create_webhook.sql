-- Who wants to be told of events as they happen, by a call to an address of his own, and what became of each call.
-- A call carries ids and versions only: the receiver reads the rest through his own scope.

create table identity.webhook (
  id         uuid        primary key,
  org_id     uuid        not null references identity.org (id),
  name       text        not null check (name <> ''),
  url        text        not null,
  secret     text        not null,                  -- cipher text of what calls are signed with
  events     text[]      not null check (cardinality(events) > 0),
  scope      jsonb       not null,                  -- what its maker saw when he made it: it is told of nothing else
  active     boolean     not null default true,
  version    integer     not null default 0,
  created_at timestamptz not null,
  area_codes text[]      not null,
  org_ids    uuid[]      not null
);
create index webhook_active on identity.webhook (id) where active;

create table identity.webhook_call (
  id              uuid        primary key,
  webhook_id      uuid        not null references identity.webhook (id),
  event_id        uuid        not null,
  type            text        not null,
  v               integer     not null,
  subject         text        not null,
  subject_version integer     not null,
  occurred_at     timestamptz not null,
  state           text        not null check (state in ('waiting', 'sent', 'dead')),
  attempts        integer     not null default 0,
  retry_at        timestamptz not null,
  done_at         timestamptz,
  last_error      text        not null default '',
  unique (webhook_id, event_id)                     -- an event heard twice is told once
);
create index webhook_call_due on identity.webhook_call (retry_at) where state = 'waiting';
create index webhook_call_by_webhook on identity.webhook_call (webhook_id, occurred_at desc);

create function identity.sees_webhook(webhook uuid) returns boolean
  language sql stable parallel safe security definer set search_path = pg_catalog
  return exists (select from identity.webhook w where w.id = webhook and kernel.sees(w.area_codes, w.org_ids));

alter table identity.webhook enable row level security;
create policy seen on identity.webhook to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
alter table identity.webhook_call enable row level security;
create policy seen on identity.webhook_call to tian_request
  using (identity.sees_webhook(webhook_id)) with check (identity.sees_webhook(webhook_id));

create trigger keep_audit after insert or update or delete on identity.webhook
  for each row execute function kernel.keep_audit();

-- Everything but the secret: that is read by the caller alone, which runs as the owner.
grant insert, update on identity.webhook to tian_request;
grant select (id, org_id, name, url, events, scope, active, version, created_at, area_codes, org_ids)
  on identity.webhook to tian_request;
grant select, insert, update on identity.webhook_call to tian_request;
