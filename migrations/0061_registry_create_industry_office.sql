-- 管行业必须管安全: which departments answer for the elevators of an industry. The city names them; a department sees its own.
create table registry.industry_office (
  id         uuid        primary key,
  industry   text        not null check (industry ~ '^[a-z_]{1,40}$'), -- of the pack's place kinds
  org_id     uuid        not null references identity.org (id),
  named_at   timestamptz not null,
  area_codes text[]      not null default '{}',
  org_ids    uuid[]      not null,
  constraint industry_office_once unique (industry, org_id)
);

grant select, insert, delete on registry.industry_office to tian_request;
alter table registry.industry_office enable row level security;
create policy seen on registry.industry_office to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create trigger keep_audit after insert or update or delete on registry.industry_office for each row execute function kernel.keep_audit();
