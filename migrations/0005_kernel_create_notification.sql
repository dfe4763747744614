-- What people should hear about: in the product at once, and outside it (message, mail, webhook) by a waiting line.

create table kernel.notification (
  id         uuid        primary key,
  at         timestamptz not null,
  account_id uuid,                 -- one account, or
  roles      text[]      not null, -- everyone in these roles who sees the audience
  code       text        not null, -- key into words/
  params     jsonb       not null, -- filled into the words; no personal data
  link       text,                 -- a path of the console
  area_codes text[]      not null,
  org_ids    uuid[]      not null,
  check ((account_id is null) = (cardinality(roles) > 0))
);
create index notification_by_account on kernel.notification (account_id, at desc) where account_id is not null;
create index notification_by_role on kernel.notification (at desc) where account_id is null;

create table kernel.notification_read (
  notification_id uuid        not null references kernel.notification (id) on delete cascade,
  account_id      uuid        not null,
  at              timestamptz not null default clock_timestamp(),
  primary key (account_id, notification_id)
);

-- One line per message that leaves the house. Addresses are encrypted like all personal data.
create table kernel.delivery (
  id         uuid        primary key,
  channel    text        not null check (channel in ('sms', 'voice', 'mail', 'webhook')),
  recipient  text        not null, -- cipher text
  code       text        not null,
  params     jsonb       not null,
  state      text        not null check (state in ('waiting', 'sent', 'withheld', 'failed')),
  reason     text,
  attempts   integer     not null default 0,
  queued_at  timestamptz not null,
  retry_at   timestamptz not null,
  done_at    timestamptz,
  subject    text
);
create index delivery_waiting on kernel.delivery (retry_at) where state = 'waiting';
create index delivery_by_subject on kernel.delivery (subject, queued_at) where subject is not null;

alter table kernel.notification enable row level security;
create policy seen on kernel.notification to tian_request using (
  account_id::text = (select coalesce(current_setting('tian.actor', true), ''))
  or (account_id is null and (select coalesce(current_setting('tian.role', true), '')) = any (roles) and kernel.sees(area_codes, org_ids))
) with check (true);
alter table kernel.notification_read enable row level security;
create policy own on kernel.notification_read to tian_request
  using (account_id::text = (select coalesce(current_setting('tian.actor', true), '')))
  with check (account_id::text = (select coalesce(current_setting('tian.actor', true), '')));
alter table kernel.delivery enable row level security;

grant select, insert on kernel.notification to tian_request;
grant select, insert on kernel.notification_read to tian_request;
grant insert on kernel.delivery to tian_request;
create policy queue on kernel.delivery for insert to tian_request with check (state = 'waiting');
