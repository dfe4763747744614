-- A finding that was late stays late, whatever day its insurer sets for it afterwards: the insurer's own figures count it.
alter table prevention.finding add column was_late boolean not null default false;
