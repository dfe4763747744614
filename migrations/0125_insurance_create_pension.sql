-- 养老险: a programme over annual policies of one elevator, what each year is made of and paid from, and what upkeep really cost.

create table insurance.pension (
  id             uuid        primary key,
  number         text        not null unique,
  elevator_id    uuid        not null,
  address        text        not null,
  insurer_org_id uuid        not null,
  holder_org_id  uuid        not null,
  terms          jsonb       not null,      -- start age, planned years, renewal scale with its filing, lapse and reinstatement
  made_at        timestamptz not null,
  made_by        text        not null,
  ended_on       date,
  version        integer     not null default 0,
  area_codes     text[]      not null,
  org_ids        uuid[]      not null
);
create unique index pension_one_running on insurance.pension (elevator_id) where ended_on is null;

create table insurance.pension_year (
  id          uuid    primary key,
  pension_id  uuid    not null references insurance.pension (id),
  no          integer not null check (no > 0),
  policy_id   uuid    references insurance.policy (id),
  from_on     date    not null,
  to_on       date    not null,
  reinstated  boolean not null default false,
  parts       jsonb   not null,             -- covers and service, each with its money by source
  services    jsonb   not null,             -- owed this year: [{ code, name, times }]
  premium     bigint  not null check (premium >= 0),
  area_codes  text[]  not null,
  org_ids     uuid[]  not null,
  unique (pension_id, no),
  check (to_on >= from_on)
);

-- What the services of a year cost the insurer, entry by entry; an error is undone by its opposite.
create table insurance.pension_cost (
  id          uuid        primary key,
  year_id     uuid        not null references insurance.pension_year (id),
  service     text        not null,
  on_day      date        not null,
  amount      bigint      not null check (amount <> 0),
  voucher     text        not null check (voucher <> ''),
  note        text        not null default '',
  reverses    uuid        references insurance.pension_cost (id),
  written_at  timestamptz not null,
  actor       text        not null,
  area_codes  text[]      not null,
  org_ids     uuid[]      not null
);
create unique index pension_cost_once on insurance.pension_cost (year_id, service, voucher) where reverses is null;
create unique index pension_cost_reversed_once on insurance.pension_cost (reverses) where reverses is not null;
create trigger append_only before update or delete on insurance.pension_cost for each row execute function insurance.refuse_change();
create trigger append_only before update or delete on insurance.pension_year for each row execute function insurance.refuse_change();

grant select, insert, update on insurance.pension to tian_request;
grant select, insert on insurance.pension_year, insurance.pension_cost to tian_request;
alter table insurance.pension enable row level security;
alter table insurance.pension_year enable row level security;
alter table insurance.pension_cost enable row level security;
create policy seen on insurance.pension to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on insurance.pension_year to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on insurance.pension_cost to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create trigger keep_audit after insert or update or delete on insurance.pension for each row execute function kernel.keep_audit();
