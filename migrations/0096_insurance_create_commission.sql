-- Commission (手续费): filed rates, who is paid for which policy, and a month's statement per payee.

-- What an insurer filed it may pay for business of a scheme, as a part of the premium. A new filing ends the one before.
create table insurance.commission_rate (
  id             uuid        primary key,
  scheme_id      uuid        not null references insurance.scheme (id),
  insurer_org_id uuid        not null,
  rate           text        not null check (rate ~ '^0(\.\d{1,6})?$'),
  filing_no      text        not null check (filing_no <> ''),
  from_on        date        not null,
  to_on          date,
  recorded_at    timestamptz not null,
  recorded_by    text        not null,
  area_codes     text[]      not null,
  org_ids        uuid[]      not null,
  check (to_on is null or to_on >= from_on),
  unique (scheme_id, insurer_org_id, from_on)
);

-- The lead must know the lowest rate of its co-insurers (金财险司函〔2025〕639号), whose filings it does not read otherwise.
create function insurance.commission_rates_on(scheme uuid, insurers uuid[], day date)
returns table (insurer uuid, rate text, filing_no text)
language sql stable security definer set search_path = pg_catalog as $$
  select r.insurer_org_id, r.rate, r.filing_no from insurance.commission_rate r
  where r.scheme_id = scheme and r.insurer_org_id = any(insurers) and r.from_on <= day and (r.to_on is null or r.to_on >= day)
$$;
revoke all on function insurance.commission_rates_on(uuid, uuid[], date) from public;
grant execute on function insurance.commission_rates_on(uuid, uuid[], date) to tian_request;

-- Who is paid for a policy, agreed before it is issued, with the filings and the licence it rests on.
create table insurance.commission_deal (
  policy_id     uuid        primary key references insurance.policy (id),
  lead_org_id   uuid        not null,
  payee_org_id  uuid        not null,
  rate          text        not null check (rate ~ '^0(\.\d{1,6})?$'),
  filings       jsonb       not null,  -- every member's filed rate on that day
  licence       jsonb       not null,  -- kind, number, last day
  agreed_at     timestamptz not null,
  agreed_by     text        not null,
  area_codes    text[]      not null,
  org_ids       uuid[]      not null,
  check (payee_org_id <> lead_org_id)
);
create index commission_deal_by_payee on insurance.commission_deal (payee_org_id);

create table insurance.commission_statement (
  id            uuid        primary key,
  lead_org_id   uuid        not null,
  payee_org_id  uuid        not null,
  month         text        not null check (month ~ '^\d{4}-\d{2}$'),
  carried       bigint      not null,   -- fen; below zero: what the payee still has to give back
  accrued       bigint      not null check (accrued >= 0),
  clawed_back   bigint      not null check (clawed_back >= 0),
  lines         jsonb       not null,
  hash          text        not null,
  state         text        not null check (state in ('closed', 'released')),
  closed_at     timestamptz not null,
  closed_by     text        not null,
  released_at   timestamptz,
  released_by   text,
  licence       jsonb,                  -- as checked on the day of the release
  entry_id      uuid        references insurance.entry (id),
  area_codes    text[]      not null,
  org_ids       uuid[]      not null,
  unique (lead_org_id, payee_org_id, month),
  check ((state = 'released') = (released_at is not null)),
  check (released_by is null or released_by <> closed_by)
);
-- Every movement stands on one statement: what came late falls into the next month that is closed.
create table insurance.commission_posting (
  entry_id     uuid     not null,
  line         smallint not null,
  statement_id uuid     not null references insurance.commission_statement (id),
  primary key (entry_id, line),
  foreign key (entry_id, line) references insurance.posting (entry_id, line)
);
create trigger append_only before update or delete on insurance.commission_deal for each row execute function insurance.refuse_change();
create trigger append_only before update or delete on insurance.commission_posting for each row execute function insurance.refuse_change();

grant select, insert on insurance.commission_rate, insurance.commission_deal, insurance.commission_statement, insurance.commission_posting to tian_request;
grant update (to_on) on insurance.commission_rate to tian_request;
grant update (state, released_at, released_by, licence, entry_id) on insurance.commission_statement to tian_request;
alter table insurance.commission_rate enable row level security;
alter table insurance.commission_deal enable row level security;
alter table insurance.commission_statement enable row level security;
alter table insurance.commission_posting enable row level security;
create policy seen on insurance.commission_rate to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on insurance.commission_deal to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on insurance.commission_statement to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on insurance.commission_posting to tian_request
  using (exists (select from insurance.commission_statement s where s.id = statement_id))
  with check (exists (select from insurance.commission_statement s where s.id = statement_id));
create trigger keep_audit after insert or update or delete on insurance.commission_rate for each row execute function kernel.keep_audit();
create trigger keep_audit after insert or update or delete on insurance.commission_statement for each row execute function kernel.keep_audit();
