-- Which city this installation serves, and every version of its figures that was ever in force: a decision names the
-- version it used, and years later the figures can still be read.

create table kernel.installation (
  only_row   boolean     primary key default true check (only_row), -- one installation is one city
  city_code  text        not null check (city_code ~ '^\d{6}$'),
  city_name  jsonb       not null,                                  -- { "zh": …, "en": … }
  since      timestamptz not null default clock_timestamp()
);

create table kernel.pack_version (
  id        bigint      generated always as identity primary key,
  file      text        not null,                          -- 'rescue': the file's name without .json
  sha256    text        not null check (sha256 ~ '^[0-9a-f]{64}$'), -- of the content with its keys in order
  name      text        not null generated always as (file || '@' || left(sha256, 12)) stored,
  content   jsonb       not null,
  loaded_at timestamptz not null default clock_timestamp()
);
create index pack_version_newest on kernel.pack_version (file, id desc);
create index pack_version_by_name on kernel.pack_version (name);

comment on column kernel.pack_version.name is 'What decisions store. The newest row of a file is the one in force.';

-- Figures of a city are public: screens show each with its source.
grant select on kernel.installation, kernel.pack_version to tian_request;
