-- How well insurers and maintenance units do: suggestions and appeals with their clock, ratings, evaluations, checks by officials.

-- A suggestion to an insurer, or an appeal against its evaluation. Answered once, in time or not.
create table prevention.letter (
  id             uuid        primary key,
  number         text        not null unique,
  kind           text        not null check (kind in ('suggestion', 'appeal')),
  insurer_org_id uuid        not null,
  score_id       uuid,                        -- an appeal's subject
  from_role      text        not null,
  from_org_id    uuid,
  actor          text        not null,
  text           text        not null check (text <> ''),
  at             timestamptz not null,
  due_on         date        not null,
  answered_at    timestamptz,
  outcome        text        check (outcome in ('adopted', 'explained', 'declined', 'upheld', 'rejected')),
  answer         text        not null default '',
  version        integer     not null default 0,
  area_codes     text[]      not null,
  org_ids        uuid[]      not null,
  check ((answered_at is null) = (outcome is null)),
  check ((kind = 'appeal') = (score_id is not null))
);
create index letter_open on prevention.letter (insurer_org_id, due_on) where answered_at is null;

-- One voter, one vote a year on an insurer's service.
create table prevention.rating (
  id             uuid        primary key,
  year           integer     not null,
  insurer_org_id uuid        not null,
  actor          text        not null,
  from_role      text        not null,
  score          smallint    not null check (score between 1 and 5), -- 4 and 5 are satisfied
  text           text        not null default '',
  at             timestamptz not null,
  area_codes     text[]      not null,
  org_ids        uuid[]      not null,
  unique (year, insurer_org_id, actor)
);

-- An insurer's evaluation of maintenance units: a round with its method, and a result for each unit.
create table prevention.evaluation (
  id             uuid        primary key,
  number         text        not null unique,
  insurer_org_id uuid        not null,
  method         jsonb       not null,        -- version, weights, window, least sample: as they were
  from_on        date        not null,
  to_on          date        not null,
  made_at        timestamptz not null,
  published_at   timestamptz,
  area_codes     text[]      not null,
  org_ids        uuid[]      not null
);
create table prevention.evaluation_score (
  id             uuid        primary key,
  evaluation_id  uuid        not null references prevention.evaluation (id),
  insurer_org_id uuid        not null,
  unit_org_id    uuid        not null,
  checks         integer     not null,        -- n
  parts          jsonb       not null,
  total_tenths   integer     not null check (total_tenths between 0 and 1000),
  shown          boolean     not null,        -- enough checks to publish
  withdrawn_at   timestamptz,                 -- an appeal was upheld
  area_codes     text[]      not null,
  org_ids        uuid[]      not null,
  unique (evaluation_id, unit_org_id)
);

-- 履约检查: what an office found of an insurer's performance, with the figures as they were, and the insurer's reply.
create table prevention.performance_check (
  id             uuid        primary key,
  number         text        not null unique,
  insurer_org_id uuid        not null,
  from_on        date        not null,
  to_on          date        not null,
  figures        jsonb       not null,
  hash           text        not null,        -- SHA-256 of the figures
  opinion        text        not null check (opinion <> ''),
  demands        text        not null default '',
  reply_due_on   date        not null,
  made_at        timestamptz not null,
  office         text        not null,
  actor          text        not null,
  reply          text        not null default '',
  replied_at     timestamptz,
  version        integer     not null default 0,
  area_codes     text[]      not null,
  org_ids        uuid[]      not null,
  check ((replied_at is null) = (reply = ''))
);

grant select, insert, update on prevention.letter, prevention.evaluation, prevention.evaluation_score, prevention.performance_check to tian_request;
grant select, insert on prevention.rating to tian_request;
alter table prevention.letter enable row level security;
alter table prevention.rating enable row level security;
alter table prevention.evaluation enable row level security;
alter table prevention.evaluation_score enable row level security;
alter table prevention.performance_check enable row level security;
create policy seen on prevention.letter to tian_request
  using (kernel.sees(area_codes, org_ids) or actor = (select coalesce(current_setting('tian.actor', true), '')))
  with check (kernel.sees(area_codes, org_ids) or actor = (select coalesce(current_setting('tian.actor', true), '')));
create policy seen on prevention.rating to tian_request
  using (kernel.sees(area_codes, org_ids) or actor = (select coalesce(current_setting('tian.actor', true), '')))
  with check (kernel.sees(area_codes, org_ids) or actor = (select coalesce(current_setting('tian.actor', true), '')));
create policy seen on prevention.evaluation to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on prevention.evaluation_score to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on prevention.performance_check to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create trigger keep_audit after insert or update or delete on prevention.letter for each row execute function kernel.keep_audit();
create trigger keep_audit after insert or update or delete on prevention.evaluation_score for each row execute function kernel.keep_audit();
create trigger keep_audit after insert or update or delete on prevention.performance_check for each row execute function kernel.keep_audit();
