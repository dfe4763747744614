-- What a file still lacks, by code: so that everybody can be shown what is his to mend, without opening every file.

alter table registry.elevator add column gaps text[] not null default '{}';
create index elevator_by_gap on registry.elevator using gin (gaps) where gaps <> '{}';
