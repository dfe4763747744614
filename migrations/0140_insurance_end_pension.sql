-- A programme ends: with the renewal of its elevator (and what the filed scale brings to it), when its time to reinstate is over, or by
-- agreement. A cost says how many of the services owed it covers; one taken back leaves its voucher free to be booked rightly.

alter table insurance.pension
  add column end_reason      text   check (end_reason in ('renewed', 'expired', 'withdrawn')),
  add column end_note        text   not null default '',
  add column ended_by        text,
  add column renewal_cost    bigint check (renewal_cost > 0),
  add column renewal_benefit bigint check (renewal_benefit between 0 and renewal_cost),
  add constraint pension_end_whole check ((ended_on is null) = (end_reason is null)),
  add constraint pension_renewal_whole check ((end_reason = 'renewed') is not distinct from
    (case when end_reason is null then null else renewal_cost is not null and renewal_benefit is not null end));

alter table insurance.pension_cost
  add column times integer not null default 1 check (times between 0 and 366),
  add column turn  integer not null default 0 check (turn >= 0); -- how often this voucher was taken back before
drop index insurance.pension_cost_once;
create unique index pension_cost_once on insurance.pension_cost (year_id, service, voucher, turn) where reverses is null;
