-- A machine client says at each use when it was used last. That is no change of the client: a box that speaks once a minute
-- would drown the audit. Its row keeps the time; the audit keeps what somebody decided about it.

drop trigger keep_audit on identity.client;
create trigger keep_audit_made after insert or delete on identity.client for each row execute function kernel.keep_audit();
create trigger keep_audit_changed after update of name, org_id, whole_city, grants, state on identity.client
  for each row execute function kernel.keep_audit();
