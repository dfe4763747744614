-- A list that is turned by an instant is read on from the instant its cursor names, and a cursor names whole milliseconds,
-- as the clocks of the program do. The database's own clock, and people's systems, tell microseconds: two rows within one
-- millisecond could then be shown twice or never. These columns hold what a cursor can say.
alter table insurance.quote alter column asked_at type timestamptz(3);
alter table insurance.pension alter column made_at type timestamptz(3);
alter table insurance.pension_cost alter column written_at type timestamptz(3);
alter table insurance.claim alter column due_at type timestamptz(3);
alter table insurance.claim_payment alter column proposed_at type timestamptz(3);
alter table insurance.bank_line alter column at type timestamptz(3);
alter table insurance.entry alter column at type timestamptz(3);
alter table prevention.visit alter column ended_at type timestamptz(3);
alter table rescue.call alter column at type timestamptz(3);
alter table rescue.drill alter column started_at type timestamptz(3);
alter table rescue.duty alter column from_at type timestamptz(3);
alter table rescue.incident alter column aware_at type timestamptz(3);
alter table rescue.volunteer_force alter column applied_at type timestamptz(3);
