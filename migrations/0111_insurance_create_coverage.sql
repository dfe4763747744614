-- What was done about elevators without cover: who was told, what was answered.

create table insurance.coverage_followup (
  id          uuid        primary key,
  elevator_id uuid        not null,
  at          timestamptz not null,
  actor       text        not null,
  step        text        not null check (step in ('told_unit', 'told_department', 'promised', 'declined', 'insured_elsewhere')),
  note        text        not null default '',
  area_codes  text[]      not null,
  org_ids     uuid[]      not null
);
create index coverage_followup_newest on insurance.coverage_followup (elevator_id, at desc);
grant select, insert on insurance.coverage_followup to tian_request;
alter table insurance.coverage_followup enable row level security;
create policy seen on insurance.coverage_followup to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
