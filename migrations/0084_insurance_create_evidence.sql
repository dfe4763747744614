-- What a factor rests on until the module that knows it tells: stars, losses, grades, each with its record and day.

create table insurance.evidence (
  id           uuid        primary key,
  subject_kind text        not null check (subject_kind in ('org', 'elevator')),
  subject_id   uuid        not null,
  kind         text        not null check (kind in ('stars', 'unit_losses', 'management_grade', 'inspection')),
  key          text        not null,            -- the answer, as a factor table names it
  source       text        not null,            -- the record it stands in
  as_of_on     date        not null,
  recorded_at  timestamptz not null default clock_timestamp(),
  recorded_by  text        not null,
  area_codes   text[]      not null,
  org_ids      uuid[]      not null
);
create index evidence_newest on insurance.evidence (subject_id, kind, as_of_on desc, recorded_at desc);
grant select, insert on insurance.evidence to tian_request;
alter table insurance.evidence enable row level security;
create policy seen on insurance.evidence to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));

-- The newest evidence of these subjects, asked for in sets. Beyond the viewer's scope: a use unit is rated by the
-- stars of its maintenance unit, whose own records it does not see; only the answer and its source come out.
create function insurance.newest_evidence(subjects uuid[], on_day date)
returns table (subject_id uuid, kind text, key text, source text, as_of_on date)
language sql stable security definer set search_path = pg_catalog as $$
  select distinct on (e.subject_id, e.kind) e.subject_id, e.kind, e.key, e.source, e.as_of_on
  from insurance.evidence e where e.subject_id = any(subjects) and e.as_of_on <= on_day
  order by e.subject_id, e.kind, e.as_of_on desc, e.recorded_at desc
$$;
revoke all on function insurance.newest_evidence(uuid[], date) from public;
grant execute on function insurance.newest_evidence(uuid[], date) to tian_request;
