-- The yearly forms as they were handed in: rows, what they were counted from, and a hash. A correction is a further number.

create table insurance.annex_report (
  id           uuid        primary key,
  area_code    text        not null,       -- the district that reports
  kind         text        not null check (kind in ('liability', 'comprehensive', 'pension')),
  year         integer     not null check (year between 2000 and 2999),
  no           integer     not null check (no >= 0), -- 0: as first handed in
  from_on      date        not null,
  until_at     timestamptz not null,       -- the instant the figures stand at
  frozen_at    timestamptz not null,
  frozen_by    text        not null,
  reporter     text        not null,       -- the office, as it names itself
  reason       text        not null default '' check (no = 0 or reason <> ''),
  content      jsonb       not null,       -- both forms, and the ids of the lines they rest on
  hash         text        not null check (hash ~ '^[0-9a-f]{64}$'), -- of the content
  previous     text,                       -- hash of the number before
  area_codes   text[]      not null,
  org_ids      uuid[]      not null,
  unique (area_code, kind, year, no)
);
create trigger append_only before update or delete on insurance.annex_report for each row execute function insurance.refuse_change();
grant select, insert on insurance.annex_report to tian_request;
alter table insurance.annex_report enable row level security;
create policy seen on insurance.annex_report to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));

-- How many residents an elevator serves: recorded with its source, as any other evidence.
alter table insurance.evidence drop constraint evidence_kind_check;
alter table insurance.evidence add constraint evidence_kind_check
  check (kind in ('stars', 'unit_losses', 'management_grade', 'inspection', 'residents'));

-- Money the bank says arrived with claimants, per claim on these policies. Beyond the viewer's scope: an official sees the
-- policy and not the insurer's books; only amounts and instants come out. A payment that came back is left out.
create function insurance.claim_payments(policies uuid[], since timestamptz, until timestamptz)
returns table (policy_id uuid, elevator_id uuid, claim_id uuid, amount bigint, papers_complete_at timestamptz,
  reported_at timestamptz, arrived_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select c.policy_id, c.elevator_id, c.id, p.amount, (c.moments ->> 'papers_complete')::timestamptz, c.reported_at, e.at
  from insurance.claim c join insurance.posting p on p.claim_id = c.id and p.account = 'claims_payable' and p.amount > 0
  join insurance.entry e on e.id = p.entry_id and e.kind = 'claim_paid'
  where c.policy_id = any(policies) and e.at >= since and e.at <= until
    and not exists (select from insurance.posting r join insurance.entry x on x.id = r.entry_id
      where r.claim_id = c.id and r.account = 'claims_payable' and r.party is not distinct from p.party
        and r.amount = -p.amount and x.kind = 'claim_returned' and x.at >= e.at and x.at <= until)
$$;
revoke all on function insurance.claim_payments(uuid[], timestamptz, timestamptz) from public;
grant execute on function insurance.claim_payments(uuid[], timestamptz, timestamptz) to tian_request;
