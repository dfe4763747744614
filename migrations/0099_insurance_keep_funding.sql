-- Which money pays which part of the cover, elevator by elevator, from the quote on.
alter table insurance.quote_line add column funding jsonb not null default '[]';  -- [{ coverage, shares: [{ source, bp }] }]
alter table insurance.policy_line add column funding jsonb not null default '[]';
grant update (funding) on insurance.quote_line to tian_request;
