-- Fair market: who sells, what he placed, what is known of his ties, and what officials made of it.

create schema if not exists market;
grant usage on schema market to tian_request;

-- People who sell for an insurer. Name, phone and account are cipher text, found by exact keyed hash only.
create table market.salesperson (
  id             uuid        primary key,
  insurer_org_id uuid        not null,
  name           text        not null,
  name_key       text        not null,
  phone          text        not null,
  phone_key      text        not null,
  account_tail   text        not null default '', -- last four digits of the account his pay goes to
  account_key    text,
  licence_no     text        not null check (licence_no <> ''), -- 执业登记编号
  from_on        date        not null,
  left_on        date,
  version        integer     not null default 0,
  area_codes     text[]      not null,            -- districts he works in
  org_ids        uuid[]      not null,
  unique (insurer_org_id, licence_no)
);

-- Which policy was placed by whom, and who maintained those elevators on that day.
create table market.placement (
  id             uuid   primary key,
  salesperson_id uuid   not null references market.salesperson (id),
  insurer_org_id uuid   not null,
  policy_id      uuid   not null unique,
  holder_org_id  uuid   not null,
  on_day         date   not null,
  units          jsonb  not null,                 -- [{ unit, elevators }]
  area_codes     text[] not null,
  org_ids        uuid[] not null
);
create index placement_by_seller on market.placement (salesperson_id);

-- What an office learned of a maintenance unit from outside: its account, who holds shares in it, who works there.
create table market.unit_fact (
  id             uuid        primary key,
  org_id         uuid        not null,            -- the maintenance unit
  kind           text        not null check (kind in ('account', 'shareholding', 'employment')),
  salesperson_id uuid        references market.salesperson (id),
  account_key    text,
  account_tail   text        not null default '',
  share_bp       integer     check (share_bp between 1 and 10000),
  source         text        not null check (source <> ''),
  as_of_on       date        not null,
  actor          text        not null,
  recorded_at    timestamptz not null,
  area_codes     text[]      not null,
  org_ids        uuid[]      not null,
  check ((kind = 'account') = (account_key is not null)),
  check ((kind = 'shareholding') = (share_bp is not null)),
  check ((kind = 'account') = (salesperson_id is null))
);

-- A pair that looks tied, with the motifs that say so. Officials only: no organisation is a party to it.
create table market.tie (
  id             uuid        primary key,
  salesperson_id uuid        not null references market.salesperson (id),
  insurer_org_id uuid        not null,
  unit_org_id    uuid        not null,
  method         text        not null,
  bits           double precision not null,       -- weight of all motifs together
  motifs         jsonb       not null,
  found_at       timestamptz not null,
  seen_at        timestamptz not null,            -- the last run that still saw it
  state          text        not null check (state in ('open', 'watched', 'cleared', 'confirmed')),
  decided_bits   double precision,                -- what it weighed when it was decided
  decided_at     timestamptz,
  decided_by     text,
  reason         text        not null default '',
  version        integer     not null default 0,
  area_codes     text[]      not null,
  org_ids        uuid[]      not null default '{}',
  unique (salesperson_id, unit_org_id),
  check ((state = 'open') = (decided_at is null))
);
create index tie_by_weight on market.tie (state, bits desc);

-- A complaint about how insurers are chosen or sold. Its author's organisation sees it; whom it names does not.
create table market.complaint (
  id           uuid        primary key,
  number       text        not null unique,
  topic        text        not null,
  about_org_id uuid,
  text         text        not null check (text <> ''),
  from_role    text        not null,
  actor        text        not null,
  at           timestamptz not null,
  due_on       date        not null,
  answered_at  timestamptz,
  outcome      text        check (outcome in ('founded', 'unfounded', 'passed_on')),
  answer       text        not null default '',
  version      integer     not null default 0,
  area_codes   text[]      not null,
  org_ids      uuid[]      not null,
  check ((answered_at is null) = (outcome is null))
);
create index complaint_open on market.complaint (due_on) where answered_at is null;
create sequence market.number;
grant usage on sequence market.number to tian_request;

grant select, insert, update on market.salesperson, market.tie, market.complaint to tian_request;
grant select, insert on market.placement, market.unit_fact to tian_request;
alter table market.salesperson enable row level security;
alter table market.placement enable row level security;
alter table market.unit_fact enable row level security;
alter table market.tie enable row level security;
alter table market.complaint enable row level security;
create policy seen on market.salesperson to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on market.placement to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on market.unit_fact to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on market.tie to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on market.complaint to tian_request
  using (kernel.sees(area_codes, org_ids) or actor = (select coalesce(current_setting('tian.actor', true), '')))
  with check (kernel.sees(area_codes, org_ids) or actor = (select coalesce(current_setting('tian.actor', true), '')));
create trigger keep_audit after insert or update or delete on market.salesperson for each row execute function kernel.keep_audit();
create trigger keep_audit after insert or update or delete on market.complaint for each row execute function kernel.keep_audit();
create trigger keep_audit after update or delete on market.tie for each row execute function kernel.keep_audit();
