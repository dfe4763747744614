-- A payment that the bank gave back names the entry it undoes: of two equal payments to one payee only that one is gone.
alter table insurance.claim_payment add column entry_id uuid references insurance.entry (id); -- by which it was booked as arrived

-- What was booked before is paired by claim, payee, sum and instant; no sum and no instant changes.
alter table insurance.entry disable trigger append_only;
with paid as (select p.id, e.id as entry_id, dense_rank() over (partition by p.claim_id, p.party_id, p.amount, p.paid_at order by p.id) as n,
    row_number() over (partition by p.claim_id, p.party_id, p.amount, p.paid_at, p.id order by e.id) as m
  from insurance.claim_payment p join insurance.entry e on e.kind = 'claim_paid' and e.at = p.paid_at
  join insurance.posting o on o.entry_id = e.id and o.claim_id = p.claim_id and o.account = 'claims_payable'
    and o.party = p.party_id::text and o.amount = p.amount)
update insurance.claim_payment p set entry_id = paid.entry_id from paid where paid.id = p.id and paid.n = paid.m;
with back as (select p.entry_id as paid_by, e.id, dense_rank() over (partition by p.claim_id, p.party_id, p.amount, p.returned_at order by p.id) as n,
    row_number() over (partition by p.claim_id, p.party_id, p.amount, p.returned_at, p.id order by e.id) as m
  from insurance.claim_payment p join insurance.entry e on e.kind = 'claim_returned' and e.at = p.returned_at
  join insurance.posting o on o.entry_id = e.id and o.claim_id = p.claim_id and o.account = 'claims_payable'
    and o.party = p.party_id::text and o.amount = -p.amount
  where p.state = 'returned' and p.entry_id is not null)
update insurance.entry e set reverses = back.paid_by from back where back.id = e.id and back.n = back.m;
alter table insurance.entry enable trigger append_only;

create or replace function insurance.claim_payments(policies uuid[], since timestamptz, until timestamptz)
returns table (policy_id uuid, elevator_id uuid, claim_id uuid, amount bigint, papers_complete_at timestamptz,
  reported_at timestamptz, arrived_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select c.policy_id, c.elevator_id, c.id, p.amount, (c.moments ->> 'papers_complete')::timestamptz, c.reported_at, e.at
  from insurance.claim c join insurance.posting p on p.claim_id = c.id and p.account = 'claims_payable' and p.amount > 0
  join insurance.entry e on e.id = p.entry_id and e.kind = 'claim_paid'
  where c.policy_id = any(policies) and e.at >= since and e.at <= until
    and not exists (select from insurance.entry x where x.reverses = e.id and x.at <= until)
$$;
