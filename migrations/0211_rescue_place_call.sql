-- A call for help that names no elevator we know waits at the desk until somebody found out which one it is, or that nobody is
-- trapped. Those of the days before are settled by their time.
alter table rescue.call add column settled_at timestamptz(3);
alter table rescue.call add column settled_why text not null default '';
update rescue.call set settled_at = at
  where kind = 'entrapment' and incident_id is null and at < clock_timestamp() - interval '1 day';
create index call_unplaced on rescue.call (at) where kind = 'entrapment' and incident_id is null and settled_at is null;
