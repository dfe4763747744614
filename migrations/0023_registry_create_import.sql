-- Bulk import: where rows come from and how their columns are read, how far a run is, and what was wrong with which row.

create table registry.import_source (
  id         uuid        primary key,
  kind       text        not null,              -- what its rows are: elevators, organisations, …
  name       text        not null,
  mapping    jsonb       not null default '{}', -- column → field, remembered for the next file
  options    jsonb       not null default '{}', -- units, reference system
  changed_at timestamptz not null default clock_timestamp(),
  org_ids    uuid[]      not null,
  area_codes text[]      not null,
  unique (kind, name)
);

create table registry.import_run (
  id         uuid        primary key,
  source_id  uuid        not null references registry.import_source (id),
  file_hash  text        not null,
  file_name  text        not null,
  format     jsonb       not null,              -- what was found: kind of file, encoding, delimiter
  columns    text[]      not null,
  mapping    jsonb       not null,
  options    jsonb       not null,
  dry        boolean     not null default true,
  state      text        not null check (state in ('ready', 'running', 'done', 'failed', 'cancelled')),
  reason     text,                              -- why it failed: a code of words/
  rows_done  integer     not null default 0,    -- rows of the file behind us: where a restart goes on
  created    integer     not null default 0,
  changed    integer     not null default 0,
  unchanged  integer     not null default 0,
  refused    integer     not null default 0,    -- rows not taken, each with its reason
  remarked   integer     not null default 0,    -- rows taken with a remark
  missing    jsonb       not null default '{}', -- how many rows say nothing for a field
  bytes      bigint      not null,
  started_by text        not null,
  started_at timestamptz,
  ended_at   timestamptz,
  made_at    timestamptz not null default clock_timestamp(),
  area_codes text[]      not null,
  org_ids    uuid[]      not null
);
create index import_run_by_time on registry.import_run (made_at desc);

create table registry.import_fault (
  run_id  uuid    not null references registry.import_run (id) on delete cascade,
  row_no  integer not null,                     -- as a spreadsheet shows it: the header is row 1
  nth     integer not null,
  refused boolean not null,                     -- the row was not taken; else the cell was left out
  column_name text not null,
  value   text    not null,
  code    text    not null,
  params  jsonb   not null,
  primary key (run_id, row_no, nth)
);

do $$
declare t text;
begin
  foreach t in array array['import_source', 'import_run'] loop
    execute format('alter table registry.%I enable row level security', t);
    execute format('create policy seen on registry.%I to tian_request
      using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids))', t);
  end loop;
end $$;
alter table registry.import_fault enable row level security;
create policy seen on registry.import_fault to tian_request
  using (exists (select from registry.import_run r where r.id = run_id));

grant select, insert, update on registry.import_source, registry.import_run to tian_request;
grant select on registry.import_fault to tian_request;
