-- A payment that came back was paid until it did: both instants stay, so that a report of any day is right.
alter table insurance.claim_payment add column returned_at timestamptz;
update insurance.claim_payment set returned_at = greatest(ordered_at, proposed_at) where state = 'returned';
alter table insurance.claim_payment drop constraint claim_payment_check;
alter table insurance.claim_payment add constraint claim_payment_paid check ((state = 'paid') <= (paid_at is not null)
  and (paid_at is null or state in ('paid', 'returned')));
alter table insurance.claim_payment add constraint claim_payment_returned check ((state = 'returned') = (returned_at is not null)
  and (paid_at is null or returned_at is null or returned_at >= paid_at));
