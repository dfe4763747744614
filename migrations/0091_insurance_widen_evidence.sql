-- Recorded evidence as people keep it: its document, how long it holds, and a second person where it lowers a premium. What is
-- withdrawn stays on record and counts no more.
alter table insurance.evidence
  add column document text not null default '',       -- number of the notice, certificate or minutes
  add column valid_to date,                            -- last day it counts; null: until another is recorded
  add column recorded_name text not null default '',
  add column needs_second boolean not null default false,
  add column confirmed_at timestamptz,
  add column confirmed_by text,
  add column confirmed_name text not null default '',
  add column withdrawn_at timestamptz,
  add column withdrawn_by text,
  add column withdrawn_reason text not null default '',
  add constraint evidence_term_check check (valid_to is null or valid_to >= as_of_on),
  add constraint evidence_confirmed_check check ((confirmed_at is null) = (confirmed_by is null)),
  add constraint evidence_four_eyes_check check (confirmed_by is null or confirmed_by <> recorded_by);
grant update (confirmed_at, confirmed_by, confirmed_name, withdrawn_at, withdrawn_by, withdrawn_reason) on insurance.evidence to tian_request;
create trigger keep_audit after insert or update or delete on insurance.evidence for each row execute function kernel.keep_audit();

-- As before, and: only what holds on that day, has its second person where it needs one, and was not withdrawn.
drop function insurance.newest_evidence(uuid[], date);
create function insurance.newest_evidence(subjects uuid[], on_day date)
returns table (subject_id uuid, kind text, key text, source text, as_of_on date, id uuid)
language sql stable security definer set search_path = pg_catalog as $$
  select distinct on (e.subject_id, e.kind) e.subject_id, e.kind, e.key, e.source, e.as_of_on, e.id
  from insurance.evidence e
  where e.subject_id = any(subjects) and e.as_of_on <= on_day and (e.valid_to is null or e.valid_to >= on_day)
    and (not e.needs_second or e.confirmed_at is not null) and e.withdrawn_at is null
  order by e.subject_id, e.kind, e.as_of_on desc, e.recorded_at desc
$$;
revoke all on function insurance.newest_evidence(uuid[], date) from public;
grant execute on function insurance.newest_evidence(uuid[], date) to tian_request;
