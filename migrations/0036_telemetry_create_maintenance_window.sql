-- People at work on an elevator say so: until when, and who. Detection stays quiet meanwhile. And who may speak for which
-- elevator can be decided on screen.

create table telemetry.maintenance_window (
  id          uuid        primary key,
  elevator_id uuid        not null references registry.elevator (id),
  org_id      uuid        not null,               -- the maintenance unit at work
  reason      text        not null check (reason <> ''),
  started_at  timestamptz not null,
  ends_at     timestamptz not null,               -- at the latest: then detection looks again by itself
  ended_at    timestamptz,
  begun_by    text        not null default coalesce(current_setting('tian.actor', true), ''),
  area_codes  text[]      not null,
  org_ids     uuid[]      not null,
  check (ends_at > started_at and (ended_at is null or ended_at >= started_at))
);
create index maintenance_window_open on telemetry.maintenance_window (elevator_id, ends_at) where ended_at is null;

alter table telemetry.maintenance_window enable row level security;
create policy seen on telemetry.maintenance_window to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create trigger keep_audit after insert or update on telemetry.maintenance_window
  for each row execute function kernel.keep_audit();
grant select, insert, update (ended_at) on telemetry.maintenance_window to tian_request;

create policy bound on telemetry.binding for insert to tian_request
  with check (source_no in (select s.no from telemetry.source s));
create policy unbound on telemetry.binding for delete to tian_request
  using (source_no in (select s.no from telemetry.source s));
grant insert, delete on telemetry.binding to tian_request;
