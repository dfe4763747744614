-- A row stands here while an empty database is being filled with the demo city, and only then. A start that finds it knows
-- that the filling was cut short: the demo's rows are removed and it begins anew, so that half a city is never shown.

create table kernel.demo_filling (
  only_row boolean     primary key default true check (only_row),
  begun_at timestamptz not null
);
