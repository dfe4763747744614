-- The few events that failed and are tried again, by what they are about: those after them wait for them.
create index outbox_failing on kernel.outbox (subject) where sent_at is null and attempts > 0;
