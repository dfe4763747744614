-- A quote and a policy keep the elevator as it stood: its code, address and parties. An insurer is no party to the file and
-- could not read them there; and a policy must reprint as it was, whatever became of the elevator since.
alter table insurance.quote_line
  add column code text not null default '',
  add column address text not null default '',
  add column area_codes text[] not null default '{}',
  add column org_ids uuid[] not null default '{}';
alter table insurance.policy_line
  add column code text not null default '',
  add column address text not null default '';
update insurance.policy_line l set code = coalesce(c.rescue_code, c.registration_code, ''), address = c.address
from registry.elevator_card c where c.id = l.elevator_id;
update insurance.quote_line l set code = coalesce(c.rescue_code, c.registration_code, ''), address = c.address,
  area_codes = c.area_codes, org_ids = c.org_ids
from registry.elevator_card c where c.id = l.elevator_id;

-- Who asked for whom, by which mandate, among which offers, and which policy the quote would follow.
alter table insurance.quote
  add column agent_org_id uuid,
  add column mandate_id uuid references insurance.mandate (id),
  add column comparison_id uuid,
  add column renewed_from uuid references insurance.policy (id);
alter table insurance.policy
  add column agent_org_id uuid,
  add column mandate_id uuid references insurance.mandate (id);
create index policy_renewals on insurance.policy (renewed_from) where renewed_from is not null;
