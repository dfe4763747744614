-- Drafts of entrapment claims: the code is handed out at release, the person fills in once, a rule the insurer approved decides.

alter table insurance.entrapment_draft
  drop column name,
  drop column account,
  add column code      text not null,           -- sealed: those who were at the elevator hand it out
  add column party_id  uuid references insurance.claim_party (id),
  add column reasons   jsonb not null default '[]', -- why it went to a handler
  add column made_at   timestamptz not null default clock_timestamp();
alter table insurance.entrapment_draft drop constraint entrapment_draft_state_check;
alter table insurance.entrapment_draft add constraint entrapment_draft_state_check
  check (state in ('waiting', 'clean', 'to_handler'));

-- What is clean enough to be decided without a handler. Approved by one, withdrawn by anyone of the insurer at any time;
-- what is paid without a further look is set by a second person.
create table insurance.clean_rule (
  id           uuid        primary key,
  lead_org_id  uuid        not null,
  most_per_head bigint     not null check (most_per_head > 0), -- fen
  most_heads   integer     not null check (most_heads > 0),
  approved_by  text        not null,
  approved_at  timestamptz not null,
  release_limit bigint     not null default 0 check (release_limit >= 0), -- fen a city day
  release_by   text,
  release_set_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_by text,
  version      integer     not null default 0,
  area_codes   text[]      not null,
  org_ids      uuid[]      not null,
  check ((release_limit > 0) <= (release_by is not null and release_by <> approved_by)),
  check ((withdrawn_at is null) = (withdrawn_by is null))
);
create unique index clean_rule_one on insurance.clean_rule (lead_org_id) where withdrawn_at is null;
grant select, insert, update on insurance.clean_rule to tian_request;
alter table insurance.clean_rule enable row level security;
create policy seen on insurance.clean_rule to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create trigger keep_audit after insert or update or delete on insurance.clean_rule for each row execute function kernel.keep_audit();
