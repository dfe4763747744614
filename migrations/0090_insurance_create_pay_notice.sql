-- The account an insurer takes premiums on, and the notices that ask each payer for his part. An account counts once a second
-- person of the insurer has confirmed it: whoever could change it alone could lead the city's premiums elsewhere.

create table insurance.premium_account (
  id             uuid        primary key,
  insurer_org_id uuid        not null,
  bank           text        not null check (bank <> ''),
  holder         text        not null check (holder <> ''),
  number         text        not null check (number <> ''),
  recorded_at    timestamptz not null,
  recorded_by    text        not null,
  confirmed_at   timestamptz,
  confirmed_by   text,
  area_codes     text[]      not null default '{}',
  org_ids        uuid[]      not null,
  check ((confirmed_at is null) = (confirmed_by is null)),
  check (confirmed_by is null or confirmed_by <> recorded_by)
);
create index premium_account_newest on insurance.premium_account (insurer_org_id, recorded_at desc);

-- What a payer was asked for, as he was asked: it does not change; the next notice has the next number.
create table insurance.pay_notice (
  id           uuid        primary key,
  policy_id    uuid        not null references insurance.policy (id),
  no           integer     not null check (no > 0),
  payer        text        not null,
  payer_org_id uuid        not null,
  amount       bigint      not null check (amount > 0), -- fen
  due_on       date        not null,
  content      jsonb       not null,
  hash         text        not null,
  made_at      timestamptz not null,
  made_by      text        not null,
  area_codes   text[]      not null default '{}',
  org_ids      uuid[]      not null,
  unique (policy_id, no)
);
create trigger keep_document before update or delete on insurance.pay_notice for each row execute function insurance.keep_document();

grant select, insert on insurance.premium_account, insurance.pay_notice to tian_request;
grant update (confirmed_at, confirmed_by) on insurance.premium_account to tian_request;
alter table insurance.premium_account enable row level security;
alter table insurance.pay_notice enable row level security;
create policy seen on insurance.premium_account to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on insurance.pay_notice to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create trigger keep_audit after insert or update or delete on insurance.premium_account
  for each row execute function kernel.keep_audit();

-- Where an insurer takes its money, for whoever writes a notice in its name: the confirmed account only.
create function insurance.account_of(insurer uuid)
returns table (bank text, holder text, number text)
language sql stable security definer set search_path = pg_catalog as $$
  select a.bank, a.holder, a.number from insurance.premium_account a
  where a.insurer_org_id = insurer and a.confirmed_at is not null order by a.confirmed_at desc limit 1
$$;
revoke all on function insurance.account_of(uuid) from public;
grant execute on function insurance.account_of(uuid) to tian_request;
