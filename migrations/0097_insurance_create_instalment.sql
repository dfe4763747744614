-- Paying in parts (分期) where the filed contract allows it: who owes how much by when, and the notices that follow an unpaid part.

create table insurance.instalment (
  policy_id uuid     not null references insurance.policy (id),
  no        smallint not null check (no > 0),
  payer     text     not null,
  due_on    date     not null,  -- the last day it may come; the first lies before the cover
  amount    bigint   not null check (amount > 0), -- fen
  primary key (policy_id, no, payer)
);
create index instalment_by_due on insurance.instalment (due_on);

-- A written notice that the contract ends unless the overdue premium comes; `cured_at`: it came.
create table insurance.instalment_notice (
  id         uuid        primary key,
  policy_id  uuid        not null references insurance.policy (id),
  sent_on    date        not null,
  ends_on    date        not null check (ends_on > sent_on),
  unpaid     bigint      not null check (unpaid > 0),
  sent_at    timestamptz not null,
  sent_by    text        not null,
  cured_at   timestamptz,
  area_codes text[]      not null,
  org_ids    uuid[]      not null
);
create unique index instalment_notice_one_running on insurance.instalment_notice (policy_id) where cured_at is null;

create trigger append_only before update or delete on insurance.instalment for each row execute function insurance.refuse_change();
grant select, insert on insurance.instalment, insurance.instalment_notice to tian_request;
grant update (cured_at) on insurance.instalment_notice to tian_request;
alter table insurance.instalment enable row level security;
alter table insurance.instalment_notice enable row level security;
-- A schedule is seen with its policy, whose own rule decides: who takes the policy over sees what is still to be paid.
create policy seen on insurance.instalment to tian_request
  using (exists (select from insurance.policy p where p.id = policy_id)) with check (exists (select from insurance.policy p where p.id = policy_id));
create policy seen on insurance.instalment_notice to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create trigger keep_audit after insert or update or delete on insurance.instalment_notice for each row execute function kernel.keep_audit();
