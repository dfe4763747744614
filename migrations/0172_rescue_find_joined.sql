-- Whom to tell of an incident is also asked of those that were joined to it: without this, all incidents there ever were are
-- looked through at each change of one.
create index incident_by_joined on rescue.incident (joined_into) where joined_into is not null;
