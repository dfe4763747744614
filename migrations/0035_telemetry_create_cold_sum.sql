-- Sums of hours leave the database after 30 days, a file for each day; before, they were forgotten.
create table telemetry.cold_sum (
  day_on     date        not null, -- by UTC
  part       integer     not null, -- rises when late rows made sums for a day that was frozen already: parts add up
  path       text        not null, -- below the data folder's history
  rows       bigint      not null,
  bytes      bigint      not null,
  checksum   text        not null,
  written_at timestamptz not null default clock_timestamp(),
  primary key (day_on, part)
);
-- It names files, no elevator: like telemetry.cold_file.
grant select on telemetry.cold_sum to tian_request;
