-- A visit's end is kept to the millisecond since it names a place in a list; its beginning must be too, or a visit shorter
-- than a millisecond would end before it began.
alter table prevention.visit alter column started_at type timestamptz(3);
