-- Each part of a premium paid in parts (分期) is asked for by a numbered notice of its own, also after the cover began.
alter table insurance.pay_notice add column part smallint check (part > 0);
