-- Claims: one accident one claim, its papers, clocks, decisions and payments; drafts of entrapment claims per head.

create table insurance.claim (
  id            uuid        primary key,
  number        text        not null unique,
  policy_id     uuid        not null references insurance.policy (id),
  elevator_id   uuid        not null,
  kind          text        not null check (kind in ('entrapment', 'injury', 'property', 'repair', 'other')),
  accident_key  text        not null,          -- what makes it one accident: the incident, or elevator and day
  incident_id   uuid,
  happened_at   timestamptz not null,
  reported_at   timestamptz not null,
  channel       text        not null check (channel in ('phone', 'qr', 'desk', 'interface', 'rescue')),
  phase         text        not null check (phase in ('reported', 'assessing', 'accepted', 'refused', 'closed')),
  body          jsonb       not null,          -- papers, reserve, assessment, decision, payments: read through its schema
  moments       jsonb       not null default '{}', -- clock moments that have happened
  lead_org_id   uuid        not null,
  version       integer     not null default 0,
  area_codes    text[]      not null,
  org_ids       uuid[]      not null,
  unique (policy_id, accident_key)
);
create index claim_open on insurance.claim (lead_org_id, reported_at) where phase not in ('closed', 'refused');

-- Every step of a claim, as it was: decisions of a re-opened claim stay here.
create table insurance.claim_step (
  id       bigint      generated always as identity primary key,
  claim_id uuid        not null references insurance.claim (id),
  at       timestamptz not null,
  actor    text        not null,
  step     text        not null,
  before   jsonb       not null,
  after    jsonb       not null
);
create index claim_step_by_claim on insurance.claim_step (claim_id, id);

-- One released person: a code given at release, name and account added once by the person. Contents are cipher text.
create table insurance.entrapment_draft (
  id           uuid        primary key,
  claim_id     uuid        not null references insurance.claim (id),
  head         smallint    not null check (head > 0),
  code_key     text        not null unique,    -- keyed hash of the claim code
  due          bigint      not null,           -- fen by the product's table
  trapped_seconds integer  not null,
  name         text,
  account      text,
  phone_key    text,
  person_key   text,                           -- keyed hash of the identity number
  account_key  text,
  filled_at    timestamptz,
  state        text        not null check (state in ('waiting', 'filled', 'clean', 'to_handler', 'paid')),
  unique (claim_id, head)
);
create unique index entrapment_phone_once on insurance.entrapment_draft (claim_id, phone_key) where phone_key is not null;
create unique index entrapment_person_once on insurance.entrapment_draft (claim_id, person_key) where person_key is not null;
create unique index entrapment_account_once on insurance.entrapment_draft (claim_id, account_key) where account_key is not null;

grant select, insert, update on insurance.claim to tian_request;
grant select, insert on insurance.claim_step to tian_request;
grant select, update on insurance.entrapment_draft to tian_request;
alter table insurance.claim enable row level security;
alter table insurance.claim_step enable row level security;
alter table insurance.entrapment_draft enable row level security;
create policy seen on insurance.claim to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on insurance.claim_step to tian_request
  using (exists (select from insurance.claim c where c.id = claim_id)) with check (exists (select from insurance.claim c where c.id = claim_id));
create policy seen on insurance.entrapment_draft to tian_request
  using (exists (select from insurance.claim c where c.id = claim_id)) with check (exists (select from insurance.claim c where c.id = claim_id));
create trigger keep_audit after insert or update or delete on insurance.claim for each row execute function kernel.keep_audit();
