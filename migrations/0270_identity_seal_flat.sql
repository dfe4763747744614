-- A flat says where somebody lives: it is kept as cipher text, like names and phones. What stood there in plain text waits in
-- unit_plain until the next start has sealed it: the key is not in the database. The audit, which nobody can seal, forgets it.
-- breaking
alter table identity.household rename column unit to unit_plain;
alter table identity.household alter column unit_plain drop not null, alter column unit_plain drop default;
alter table identity.household add column unit text; -- cipher text; null where none is known, or once erased

-- To seal what is known already is no change of the household.
drop trigger keep_audit on identity.household;
create trigger keep_audit_made after insert or delete on identity.household for each row execute function kernel.keep_audit();
create trigger keep_audit_changed after update of account_id, building_id, verified_at, verified_by, ended_at, ended_reason
  on identity.household for each row execute function kernel.keep_audit();
update identity.household set unit_plain = null where unit_plain = '';
update kernel.audit set before = before - 'unit', after = after - 'unit' where object = 'identity.household';

insert into identity.retention (subject, keep_days, source, verified) values
  ('household_ended', 1095, 'who saw what as an owner can be asked for as long as a claim can be brought (民法典 188: three years)', false);
