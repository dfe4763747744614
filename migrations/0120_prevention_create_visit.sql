-- 保险+服务: what insurers do on site, what they find there, and how each finding is followed until it is gone.

create schema if not exists prevention;
grant usage on schema prevention to tian_request;

create sequence prevention.number; -- gaps are fine: it makes numbers, it counts nothing
grant usage on sequence prevention.number to tian_request;

-- A visit as it happened. It is a report from the site: never changed, never refused for being unusual.
create table prevention.visit (
  id                 uuid        primary key, -- made on the phone: a repeat does nothing
  number             text        not null unique,
  kind               text        not null check (kind in ('prevention_visit', 'quality_check', 'assessment_help', 'three_no_help')),
  insurer_org_id     uuid        not null,
  elevator_id        uuid        not null,
  use_org_id         uuid,                    -- as they were on the day
  maintenance_org_id uuid,
  rescue_code        text,
  address            text        not null,
  policy_id          uuid,                    -- the cover it was owed under; null: this insurer covered it by none
  started_at         timestamptz not null,
  ended_at           timestamptz not null,
  received_at        timestamptz not null,
  lng                double precision,
  lat                double precision,
  accuracy_m         double precision,
  checks             jsonb       not null default '[]', -- what was looked at and how it was
  summary            text        not null default '',
  remarks            text[]      not null default '{}', -- what was unusual: codes of words/
  actor              text        not null,
  area_codes         text[]      not null,
  org_ids            uuid[]      not null,
  check (ended_at >= started_at),
  check ((lng is null) = (lat is null))
);
create index visit_by_insurer on prevention.visit (insurer_org_id, ended_at desc);
create index visit_by_unit on prevention.visit (maintenance_org_id, ended_at desc) where kind = 'quality_check';
create index visit_by_policy on prevention.visit (policy_id) where policy_id is not null;

create table prevention.finding (
  id             uuid        primary key, -- made on the phone with its visit
  number         text        not null unique,
  visit_id       uuid        not null references prevention.visit (id),
  elevator_id    uuid        not null,
  insurer_org_id uuid        not null,
  category       text        not null,
  severity       text        not null check (severity in ('general', 'serious', 'urgent')),
  description    text        not null check (description <> ''),
  owner_kind     text        not null check (owner_kind in ('use_unit', 'maintenance_unit')),
  owner_org_id   uuid,                    -- null: the elevator has none; its case is the registry's
  found_at       timestamptz not null,
  due_on         date        not null,
  state          text        not null check (state in ('open', 'mended', 'closed', 'withdrawn')),
  mended_at      timestamptz,
  ended_at       timestamptz,
  returned       integer     not null default 0, -- times the insurer looked again and it was still there
  version        integer     not null default 0,
  area_codes     text[]      not null,
  org_ids        uuid[]      not null,
  check ((state in ('closed', 'withdrawn')) = (ended_at is not null))
);
create index finding_by_owner on prevention.finding (owner_org_id, due_on) where ended_at is null;
create index finding_by_insurer on prevention.finding (insurer_org_id, found_at desc);
create index finding_by_due on prevention.finding (due_on) where ended_at is null;

-- Every step of a finding as it was; photos hang on the step.
create table prevention.finding_step (
  id         uuid        primary key,
  finding_id uuid        not null references prevention.finding (id),
  at         timestamptz not null,
  step       text        not null,
  org_id     uuid,
  actor      text        not null,
  note       text        not null default '',
  area_codes text[]      not null,
  org_ids    uuid[]      not null
);
create index finding_step_by_finding on prevention.finding_step (finding_id, at);

-- What the services cost, entry by entry; a mistake is undone by another entry.
create table prevention.service_cost (
  id             uuid        primary key,
  insurer_org_id uuid        not null,
  policy_id      uuid        not null,
  service        text        not null,           -- code of the product's list of services
  visit_id       uuid        references prevention.visit (id),
  on_day         date        not null,
  amount         bigint      not null check (amount <> 0), -- fen
  payee          text        not null default '',
  voucher        text        not null,           -- invoice or voucher number
  reverses       uuid        references prevention.service_cost (id),
  written_at     timestamptz not null,
  actor          text        not null,
  area_codes     text[]      not null,
  org_ids        uuid[]      not null,
  unique (insurer_org_id, voucher, policy_id, service, reverses)
);
create index service_cost_by_policy on prevention.service_cost (policy_id);
create unique index service_cost_reversed_once on prevention.service_cost (reverses) where reverses is not null;

create function prevention.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'a report is never changed: add another' using errcode = 'restrict_violation';
end $$;
create trigger append_only before update or delete on prevention.visit for each row execute function prevention.refuse_change();
create trigger append_only before update or delete on prevention.finding_step for each row execute function prevention.refuse_change();
create trigger append_only before update or delete on prevention.service_cost for each row execute function prevention.refuse_change();

grant select, insert on prevention.visit, prevention.finding_step, prevention.service_cost to tian_request;
grant select, insert, update on prevention.finding to tian_request;
alter table prevention.visit enable row level security;
alter table prevention.finding enable row level security;
alter table prevention.finding_step enable row level security;
alter table prevention.service_cost enable row level security;
create policy seen on prevention.visit to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on prevention.finding to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on prevention.finding_step to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on prevention.service_cost to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create trigger keep_audit after insert or update or delete on prevention.finding for each row execute function kernel.keep_audit();
