-- What may be sold: schemes, their products and filed tariffs as versioned data, and who is admitted to sell.

create schema if not exists insurance;
grant usage on schema insurance to tian_request;

create table insurance.scheme (
  id             uuid        primary key,
  code           text        not null unique,
  name           text        not null,
  kind           text        not null check (kind in ('liability', 'comprehensive', 'pension')), -- 责任险, 综合险, 养老险
  market         text        not null check (market in ('tender_pool', 'open')),
  basis          text        not null check (basis in ('voluntary', 'promoted', 'local_mandatory')),
  members        jsonb       not null default '[]', -- tender pool: lead first, shares in basis points
  excluded_areas text[]      not null default '{}', -- counties that go their own way
  admission      jsonb       not null,              -- open market: published criteria and the days a decision may take
  source         text        not null,
  verified       boolean     not null,
  opened_on      date        not null,
  closed_on      date
);

-- A product's text as filed. Once a quote has used it, it never changes: a change is a new version.
create table insurance.product (
  id             uuid    primary key,
  scheme_id      uuid    not null references insurance.scheme (id),
  insurer_org_id uuid,                -- null: the pool's own product
  code           text    not null,
  version        integer not null check (version > 0),
  name           text    not null,
  filing_no      text    not null,
  body           jsonb   not null,    -- coverages, limits, benefit tables, promises, funding rules
  from_on        date    not null,
  to_on          date,
  used_at        timestamptz,
  source         text    not null,
  verified       boolean not null,
  unique (scheme_id, code, version)
);

create table insurance.tariff (
  id         uuid    primary key,
  product_id uuid    not null references insurance.product (id),
  version    integer not null check (version > 0),
  filing_no  text    not null,
  body       jsonb   not null,        -- bases, factor tables, ceilings, split rules
  from_on    date    not null,
  to_on      date,
  used_at    timestamptz,
  source     text    not null,
  verified   boolean not null,
  unique (product_id, version)
);

create function insurance.keep_used() returns trigger language plpgsql as $$
begin
  if old.used_at is not null and (new.body, new.filing_no, new.from_on) is distinct from (old.body, old.filing_no, old.from_on) then
    raise exception 'a filed text that was used does not change: file a new version' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_used before update on insurance.product for each row execute function insurance.keep_used();
create trigger keep_used before update on insurance.tariff for each row execute function insurance.keep_used();

-- Open market: who asked to sell, what was decided, by when it had to be.
create table insurance.admission (
  id             uuid        primary key,
  scheme_id      uuid        not null references insurance.scheme (id),
  insurer_org_id uuid        not null,
  asked_at       timestamptz not null,
  decide_by_on   date        not null,
  decided_at     timestamptz,
  admitted       boolean,
  reason         text        not null default '',
  appeal         text        not null default '',
  area_codes     text[]      not null,
  org_ids        uuid[]      not null,
  check ((decided_at is null) = (admitted is null))
);
create unique index admission_one_open on insurance.admission (scheme_id, insurer_org_id) where decided_at is null;

-- Schemes, products and tariffs are public: who pays may read what he pays for.
grant select on insurance.scheme, insurance.product, insurance.tariff to tian_request;
grant select, insert on insurance.admission to tian_request;
alter table insurance.admission enable row level security;
create policy seen on insurance.admission to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
