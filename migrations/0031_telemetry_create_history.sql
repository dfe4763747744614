-- Every message that was kept: hot in hourly partitions, then in files; and what is left of it by hour and by day.

-- `pos` is the place in history: our clock in milliseconds times 1,024, plus a count, always rising.
-- So it is also the time of receipt, and an hour that is over gets no more rows, however late a sender's clock.
create table telemetry.reading (
  pos            bigint      not null,
  at             timestamptz not null, -- the sender's clock
  seq            bigint,               -- null: it came in a batch without numbers
  elevator_no    integer     not null,
  source_no      integer     not null,
  boot           integer     not null,
  flags          integer     not null, -- yes/no values, direction and mode, see reading.rules.ts
  kind           smallint    not null, -- 0 status, 1 statistics, 2 notice, 3 heartbeat
  floor          smallint,
  speed_mm_per_s smallint,
  load_permille  smallint,
  car_dc         smallint,             -- tenths of a degree Celsius
  room_dc        smallint,
  extra          jsonb                 -- counters of statistics, codes of a notice
) partition by range (pos);
create index reading_by_elevator on telemetry.reading (elevator_no, at);
create index reading_by_pos on telemetry.reading using brin (pos) with (pages_per_range = 32);

-- Rows whose own time is another day than that of the hour they arrived in: where else to look.
create table telemetry.stray (
  elevator_no integer     not null,
  day_on      date        not null, -- the city's day the row speaks of
  hour_at     timestamptz not null, -- the hour it arrived in
  primary key (elevator_no, day_on, hour_at)
);

-- A closed hour as a file. The partition is dropped only after the file was read back and agreed.
create table telemetry.cold_file (
  hour_at    timestamptz not null,
  part       integer     not null,
  path       text        not null, -- below the data folder
  rows       bigint      not null,
  bytes      bigint      not null,
  checksum   text        not null, -- of the rows, whatever their order
  first_pos  bigint      not null,
  last_pos   bigint      not null,
  written_at timestamptz not null default clock_timestamp(),
  primary key (hour_at, part)
);

-- An hour or a day of one elevator. Unknown stays null, never zero.
create table telemetry.hour_sum (
  elevator_no    integer     not null,
  hour_at        timestamptz not null,
  messages       integer     not null,
  trips          integer     not null, -- starts of the car
  door_openings  integer     not null,
  moving_seconds integer     not null,
  notices        integer     not null,
  room_dc_min    smallint,
  room_dc_max    smallint,
  load_permille_max smallint,
  primary key (elevator_no, hour_at)
);
create index hour_sum_by_hour on telemetry.hour_sum (hour_at);

create table telemetry.day_sum (
  elevator_no     integer     not null,
  day_on          date        not null,
  messages        integer     not null,
  trips           integer     not null,
  door_openings   integer     not null,
  moving_seconds  integer     not null,
  notices         integer     not null,
  offline_seconds integer     not null,
  room_dc_min     smallint,
  room_dc_max     smallint,
  load_permille_max smallint,
  primary key (elevator_no, day_on)
);
create index day_sum_by_day on telemetry.day_sum (day_on);

-- History is read elevator by elevator, through an index, so one look-up a row costs little.
alter table telemetry.reading enable row level security;
create policy seen on telemetry.reading to tian_request using (telemetry.sees_elevator(elevator_no));
alter table telemetry.hour_sum enable row level security;
create policy seen on telemetry.hour_sum to tian_request using (telemetry.sees_elevator(elevator_no));
alter table telemetry.day_sum enable row level security;
create policy seen on telemetry.day_sum to tian_request using (telemetry.sees_elevator(elevator_no));

grant select on telemetry.reading, telemetry.hour_sum, telemetry.day_sum, telemetry.stray, telemetry.cold_file to tian_request;
