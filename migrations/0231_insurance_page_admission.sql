-- The register of admissions is turned page by page: the instant of a request names a place in it, to the millisecond.
alter table insurance.admission alter column asked_at type timestamptz(3);
create index admission_asked on insurance.admission (asked_at desc, id desc);
