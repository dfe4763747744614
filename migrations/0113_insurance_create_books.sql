-- Ties between registers and books, co-insurers' months, and the broker that keeps a scheme's database.

-- Who keeps the underwriting and claims database of a scheme: reads every member's policies and claims, moves no money.
create table insurance.scheme_broker (
  id            uuid primary key,
  scheme_id     uuid not null references insurance.scheme (id),
  broker_org_id uuid not null,
  from_on       date not null,
  to_on         date,
  recorded_by   text not null,
  check (to_on is null or to_on >= from_on)
);
create unique index scheme_broker_once on insurance.scheme_broker (scheme_id, broker_org_id) where to_on is null;
grant select on insurance.scheme_broker to tian_request; -- who keeps it is public

-- What the books say was written on these policies by an instant. Beyond the viewer's scope: an official or a co-insurer sees
-- the policy and not the lead's books; only the sum comes out.
create function insurance.written_on(policies uuid[], until timestamptz)
returns table (policy_id uuid, amount bigint)
language sql stable security definer set search_path = pg_catalog as $$
  select p.policy_id, -sum(p.amount)::bigint from insurance.posting p join insurance.entry e on e.id = p.entry_id
  where p.policy_id = any(policies) and p.account = 'premium_written' and e.at <= until group by 1
$$;
revoke all on function insurance.written_on(uuid[], timestamptz) from public;
grant execute on function insurance.written_on(uuid[], timestamptz) to tian_request;

-- One month between co-insurers: every premium and claim of the lead's books split by shares, the rounding trued up once.
create table insurance.pool_month (
  id          uuid        primary key,
  lead_org_id uuid        not null,
  month       text        not null check (month ~ '^\d{4}-\d{2}$'),
  fee_bp      integer     not null check (fee_bp between 0 and 1000), -- 出单费, of the followers' premium
  premium     bigint      not null,       -- fen, the whole pool
  claims      bigint      not null,
  content     jsonb       not null,       -- lines with every member's part, true-ups, totals
  hash        text        not null,
  entry_id    uuid        references insurance.entry (id),
  closed_at   timestamptz not null,
  closed_by   text        not null,
  area_codes  text[]      not null,
  org_ids     uuid[]      not null,       -- lead, members, the scheme's broker
  unique (lead_org_id, month)
);
-- Each posting is shared once: one that came late falls into the next month that is closed.
create table insurance.pool_posting (
  entry_id      uuid     not null,
  line          smallint not null,
  pool_month_id uuid     not null references insurance.pool_month (id),
  primary key (entry_id, line),
  foreign key (entry_id, line) references insurance.posting (entry_id, line)
);
create trigger append_only before update or delete on insurance.pool_month for each row execute function insurance.refuse_change();
create trigger append_only before update or delete on insurance.pool_posting for each row execute function insurance.refuse_change();
grant select, insert on insurance.pool_month, insurance.pool_posting to tian_request;
alter table insurance.pool_month enable row level security;
alter table insurance.pool_posting enable row level security;
create policy seen on insurance.pool_month to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on insurance.pool_posting to tian_request
  using (exists (select from insurance.pool_month m where m.id = pool_month_id))
  with check (exists (select from insurance.pool_month m where m.id = pool_month_id));
