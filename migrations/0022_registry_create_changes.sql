-- What happens to a file: its life, the changes others ask for, who must answer when nobody does, its documents.

create table registry.life_cycle_entry (
  id          uuid        primary key,
  elevator_id uuid        not null references registry.elevator (id),
  step        text        not null,
  from_state  text        not null,
  to_state    text        not null,
  happened_on date        not null,
  evidence    jsonb       not null, -- [{kind, number, fileHash, note}]
  actor       text        not null default coalesce(current_setting('tian.actor', true), ''),
  recorded_at timestamptz not null default clock_timestamp(),
  area_codes  text[]      not null,
  org_ids     uuid[]      not null
);
create index life_cycle_by_elevator on registry.life_cycle_entry (elevator_id, recorded_at desc);

-- An edit that waits for approval: what it would change, and what the file said when it was asked for.
create table registry.change_request (
  id           uuid        primary key,
  elevator_id  uuid        not null references registry.elevator (id),
  base_version integer     not null,
  edit         jsonb       not null,
  diff         jsonb       not null, -- [{field, before, after}]
  reason       text        not null,
  asked_by     text        not null,
  asked_org_id uuid,
  asked_at     timestamptz not null,
  due_on       date        not null,
  decision     text        check (decision in ('approved', 'rejected')),
  decided_by   text,
  decided_at   timestamptz,
  decided_note text,
  area_codes   text[]      not null,
  org_ids      uuid[]      not null,
  check ((decision is null) = (decided_at is null))
);
create index change_request_by_elevator on registry.change_request (elevator_id, asked_at desc);
create index change_request_open on registry.change_request (due_on, id) where decision is null;

-- 责任明确: nobody is known to answer for the elevator. The street finds out, against a clock.
create table registry.responsibility_case (
  id          uuid        primary key,
  elevator_id uuid        not null references registry.elevator (id),
  street_code text,
  opened_at   timestamptz not null,
  due_on      date        not null,
  evidence    jsonb       not null default '[]', -- [{at, by, note, fileHash}]
  outcome     text        check (outcome in ('use_unit_named', 'not_in_use', 'opened_in_error')),
  decision    text,                              -- why, in words
  use_org_id  uuid,
  decided_by  text,
  decided_at  timestamptz,
  version     integer     not null default 0,
  area_codes  text[]      not null,
  org_ids     uuid[]      not null,
  check ((outcome is null) = (decided_at is null)),
  check ((outcome = 'use_unit_named') = (use_org_id is not null) or outcome is null)
);
create unique index responsibility_case_one_open on registry.responsibility_case (elevator_id) where outcome is null;
create index responsibility_case_due on registry.responsibility_case (due_on, id) where outcome is null;

create table registry.document (
  id          uuid        primary key,
  elevator_id uuid        not null references registry.elevator (id),
  kind        text        not null,
  title       text        not null,
  file_hash   text        not null,
  issued_on   date,
  added_by    text        not null default coalesce(current_setting('tian.actor', true), ''),
  added_at    timestamptz not null default clock_timestamp(),
  area_codes  text[]      not null,
  org_ids     uuid[]      not null
);
create index document_by_elevator on registry.document (elevator_id, added_at desc);

do $$
declare t text;
begin
  foreach t in array array['life_cycle_entry', 'change_request', 'responsibility_case', 'document'] loop
    execute format('alter table registry.%I enable row level security', t);
    -- Seen by those it concerned when it was made, and by those who see the elevator now.
    execute format('create policy seen on registry.%I to tian_request
      using (kernel.sees(area_codes, org_ids) or registry.sees_elevator(elevator_id))
      with check (kernel.sees(area_codes, org_ids) or registry.sees_elevator(elevator_id))', t);
    execute format('grant select, insert on registry.%I to tian_request', t);
    execute format('create trigger keep_audit after insert or update or delete on registry.%I
      for each row execute function kernel.keep_audit()', t);
  end loop;
end $$;
-- Only what is still open is ever changed.
grant update on registry.change_request, registry.responsibility_case to tian_request;
create index elevator_by_merge on registry.elevator (merged_into) where merged_into is not null;
