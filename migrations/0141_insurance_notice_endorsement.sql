-- A notice may ask for what an endorsement costs, not only for the policy's first premium.

alter table insurance.pay_notice add column endorsement_id uuid references insurance.endorsement (id);
