-- Answers about an insurer's service, as prevention tells them: what the forms print as satisfaction rests on these alone.
create table insurance.survey_answer (
  survey_id      uuid        primary key, -- heard once
  use_org_id     uuid        not null,    -- whose elevators the insurer covers
  insurer_org_id uuid        not null,
  closed_at      timestamptz not null,
  valid          integer     not null check (valid >= 0),
  satisfied      integer     not null check (satisfied between 0 and valid),
  area_codes     text[]      not null,
  org_ids        uuid[]      not null
);
create index survey_answer_by_unit on insurance.survey_answer (use_org_id, insurer_org_id, closed_at);
grant select on insurance.survey_answer to tian_request;
alter table insurance.survey_answer enable row level security;
create policy seen on insurance.survey_answer to tian_request using (kernel.sees(area_codes, org_ids));
