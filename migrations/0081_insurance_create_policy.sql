-- From quote to cover: what was offered with its working, what was issued, elevator by elevator, version by version.

-- Who lets whom take out cover for him (投保委托), by the maintenance contract.
create table insurance.mandate (
  id           uuid   primary key,
  giver_org_id uuid   not null,
  agent_org_id uuid   not null,
  contract_ref text   not null,
  from_on      date   not null,
  to_on        date   not null,
  ended_on     date,
  area_codes   text[] not null,
  org_ids      uuid[] not null,
  check (to_on >= from_on)
);
create index mandate_by_agent on insurance.mandate (agent_org_id, to_on);

create table insurance.quote (
  id              uuid        primary key,
  product_id      uuid        not null references insurance.product (id),
  tariff_id       uuid        not null references insurance.tariff (id),
  lead_org_id     uuid,                    -- the insurer chosen; null for a pool's product: its lead
  holder_org_id   uuid        not null,    -- 投保人
  asked_by        text        not null,
  asked_at        timestamptz not null,
  valid_until     timestamptz not null,
  from_on         date        not null,
  to_on           date        not null,
  state           text        not null check (state in ('offered', 'referred', 'released', 'declined', 'bound', 'expired')),
  referral        jsonb       not null default '[]', -- rules that sent it to underwriting, and the two who decided
  elevators       integer     not null,
  refused         integer     not null default 0,    -- elevators that could not be rated; their lines say why
  total           bigint      not null,              -- fen
  version         integer     not null default 0,
  area_codes      text[]      not null,
  org_ids         uuid[]      not null
);
create index quote_by_holder on insurance.quote (holder_org_id, asked_at desc);

create table insurance.quote_line (
  quote_id    uuid   not null references insurance.quote (id),
  elevator_id uuid   not null,
  risk        jsonb  not null,  -- the answers with their sources
  premium     jsonb,            -- working and parts; null when refused
  refusal     jsonb,
  total       bigint not null default 0,
  primary key (quote_id, elevator_id),
  check ((premium is null) <> (refusal is null))
);

create table insurance.policy (
  id             uuid        primary key,
  number         text        not null check (number <> ''), -- the insurer's own, opaque
  lead_org_id    uuid        not null,
  members        jsonb       not null default '[]',         -- every member and share, printed on the policy
  product_id     uuid        references insurance.product (id),
  tariff_id      uuid        references insurance.tariff (id),
  quote_id       uuid        references insurance.quote (id),
  holder_org_id  uuid        not null,
  insured_org_id uuid        not null,
  kind           text        not null check (kind in ('liability', 'comprehensive', 'pension')),
  from_on        date        not null,
  to_on          date        not null,
  state          text        not null check (state in ('awaiting_cash', 'issued', 'cancelled', 'void')),
  elsewhere      boolean     not null default false, -- issued elsewhere, recorded by import
  confirmed_at   timestamptz,                        -- by the insurer, for those
  issued_at      timestamptz,
  ended_on       date,
  end_reason     text,
  premium        bigint      not null,               -- fen, with endorsements
  renewed_from   uuid        references insurance.policy (id),
  version        integer     not null default 0,
  area_codes     text[]      not null,
  org_ids        uuid[]      not null,
  unique (lead_org_id, number),
  check (to_on >= from_on)
);
create index policy_by_end on insurance.policy (to_on) where state = 'issued';
create index policy_by_holder on insurance.policy (holder_org_id, to_on desc);

-- One row per elevator, policy and stretch of cover. A change ends a row and begins another.
create table insurance.policy_line (
  id          uuid    primary key,
  policy_id   uuid    not null references insurance.policy (id),
  elevator_id uuid    not null,
  coverage    text    not null default 'all',
  from_on     date    not null,
  to_on       date    not null,
  premium     bigint  not null,          -- fen for this stretch
  annual      bigint  not null,          -- fen for a whole term, what it was rated at
  parts       jsonb   not null,          -- payers' parts of `premium`
  working     jsonb,                     -- factors, sources, exact products
  endorsement integer not null default 0,
  area_codes  text[]  not null,
  org_ids     uuid[]  not null,
  check (to_on >= from_on)
);
create index policy_line_by_policy on insurance.policy_line (policy_id);
create index policy_line_by_elevator on insurance.policy_line (elevator_id, to_on);
create index policy_line_by_area on insurance.policy_line using gin (area_codes);

create table insurance.endorsement (
  id           uuid        primary key,
  policy_id    uuid        not null references insurance.policy (id),
  no           integer     not null check (no > 0),
  kind         text        not null check (kind in ('add', 'remove', 'change', 'takeover', 'cancel', 'reinstate')),
  effective_on date        not null,
  recorded_at  timestamptz not null,
  recorded_by  text        not null,
  change       jsonb       not null,   -- elevators, old and new values
  delta        bigint      not null,   -- fen: more to pay, or back
  replayed     jsonb       not null default '[]', -- later endorsements priced again, with each delta
  area_codes   text[]      not null,
  org_ids      uuid[]      not null,
  unique (policy_id, no)
);

grant select, insert, update on insurance.mandate, insurance.quote, insurance.policy to tian_request;
grant select, insert on insurance.quote_line, insurance.policy_line, insurance.endorsement to tian_request;
grant update (to_on, premium, parts) on insurance.policy_line to tian_request;
alter table insurance.mandate enable row level security;
alter table insurance.quote enable row level security;
alter table insurance.quote_line enable row level security;
alter table insurance.policy enable row level security;
alter table insurance.policy_line enable row level security;
alter table insurance.endorsement enable row level security;
create policy seen on insurance.mandate to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on insurance.quote to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on insurance.policy to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on insurance.policy_line to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on insurance.endorsement to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
-- A quote's lines are seen with their quote, whose own policy decides.
create policy seen on insurance.quote_line to tian_request
  using (exists (select from insurance.quote q where q.id = quote_id)) with check (exists (select from insurance.quote q where q.id = quote_id));
create trigger keep_audit after insert or update or delete on insurance.policy for each row execute function kernel.keep_audit();
create trigger keep_audit after insert or update or delete on insurance.quote for each row execute function kernel.keep_audit();
