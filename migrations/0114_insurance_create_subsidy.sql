-- The public purse's part of the premium: what a year may cost, batches by insured volume, claw-back by the day.

create table insurance.subsidy_budget (
  id         uuid        primary key,
  scheme_id  uuid        not null references insurance.scheme (id),
  year       integer     not null check (year between 2000 and 2999),
  amount     bigint      not null check (amount >= 0), -- fen; the newest row counts
  reason     text        not null check (reason <> ''),
  set_at     timestamptz not null,
  set_by     text        not null
);
create index subsidy_budget_newest on insurance.subsidy_budget (scheme_id, year, set_at desc);
grant select on insurance.subsidy_budget to tian_request; -- public money is public

create table insurance.subsidy_batch (
  id          uuid        primary key,
  lead_org_id uuid        not null,
  scheme_id   uuid        not null references insurance.scheme (id),
  no          integer     not null check (no > 0),
  until_on    date        not null,        -- covers issued up to this day
  state       text        not null check (state in ('submitted', 'verified', 'approved', 'paid', 'returned')),
  elevators   integer     not null,
  gross       bigint      not null check (gross >= 0),
  claw_back   bigint      not null check (claw_back >= 0),
  net         bigint      not null,
  hash        text        not null,        -- of the lines
  submitted_at timestamptz not null,
  submitted_by text       not null,
  verified_at timestamptz,
  verified_by text,
  approved_at timestamptz,
  approved_by text,
  paid_at     timestamptz,                 -- the bank's time
  reason      text        not null default '', -- why it was returned
  entry_id    uuid        references insurance.entry (id),
  version     integer     not null default 0,
  area_codes  text[]      not null,
  org_ids     uuid[]      not null,
  unique (lead_org_id, scheme_id, no),
  check (net = gross - claw_back),
  check (approved_by is null or approved_by <> verified_by)
);
create table insurance.subsidy_line (
  batch_id     uuid     not null references insurance.subsidy_batch (id),
  policy_id    uuid     not null references insurance.policy (id),
  elevator_id  uuid     not null,
  kind         text     not null check (kind in ('part', 'claw_back')),
  payer        text     not null,
  code         text     not null,          -- the elevator's, as on the policy
  premium_part bigint   not null check (premium_part > 0),
  from_on      date     not null,
  to_on        date     not null,
  days_used    integer,                    -- claw-back only
  term_days    integer  not null,
  amount       bigint   not null check (amount >= 0 and amount <= premium_part),
  live         boolean  not null default true, -- false once its batch was returned
  primary key (batch_id, policy_id, elevator_id, kind)
);
-- An elevator's part is asked for once, and clawed back once.
create unique index subsidy_line_once on insurance.subsidy_line (policy_id, elevator_id, kind) where live;
create index subsidy_line_by_elevator on insurance.subsidy_line (elevator_id) where live;

grant select, insert, update on insurance.subsidy_batch to tian_request;
grant select, insert on insurance.subsidy_line to tian_request;
grant update (live) on insurance.subsidy_line to tian_request;
alter table insurance.subsidy_batch enable row level security;
alter table insurance.subsidy_line enable row level security;
create policy seen on insurance.subsidy_batch to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on insurance.subsidy_line to tian_request
  using (exists (select from insurance.subsidy_batch b where b.id = batch_id))
  with check (exists (select from insurance.subsidy_batch b where b.id = batch_id));
create trigger keep_audit after insert or update or delete on insurance.subsidy_batch for each row execute function kernel.keep_audit();
create trigger keep_audit after insert or update or delete on insurance.subsidy_budget for each row execute function kernel.keep_audit();
