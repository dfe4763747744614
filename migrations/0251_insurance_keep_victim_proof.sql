-- 保险法 65: before money of a liability claim goes to the insured, a kept paper shows that he has paid the victim: which paper,
-- whom, on which day. The text of earlier orders (victim_paid_proof) stays as it was written.
alter table insurance.claim_payment
  add column victim_paid_paper uuid references insurance.claim_paper (id),
  add column victim_paid_party uuid references insurance.claim_party (id),
  add column victim_paid_on    date,
  add constraint claim_payment_proof_whole check (num_nulls(victim_paid_paper, victim_paid_party, victim_paid_on) in (0, 3));
