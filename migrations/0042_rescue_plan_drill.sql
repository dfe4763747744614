-- Drills are planned for a day before they are held, and a call-back says what was heard.

alter table rescue.drill add column planned_on date;
alter table rescue.drill alter column started_at drop not null;
alter table rescue.drill add check (planned_on is not null or started_at is not null);
-- Today's and tomorrow's plans are looked for; what was held is found by its unit.
create index drill_planned on rescue.drill (planned_on) where started_at is null and ended_at is null;

alter table rescue.call add column call_back_at timestamptz;
alter table rescue.call add column call_back_said text not null default '';

-- Who may be offered rescues is a decision; where he stands is not, and would drown the audit.
create trigger keep_audit_made after insert on rescue.rescuer for each row execute function kernel.keep_audit();
create trigger keep_audit_changed after update of org_id, station_id, label, kind, certified_until, left_on on rescue.rescuer
  for each row execute function kernel.keep_audit();
create trigger keep_audit after insert or update or delete on rescue.drill
  for each row execute function kernel.keep_audit();
