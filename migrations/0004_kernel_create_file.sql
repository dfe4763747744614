-- Files are kept once by what they contain (their SHA-256); each use of one has a name, a purpose and an audience.

create table kernel.file (
  hash       text        primary key check (hash ~ '^[0-9a-f]{64}$'),
  media_type text        not null,
  size_bytes bigint      not null check (size_bytes > 0),
  stored_at  timestamptz not null default clock_timestamp()
);

create table kernel.attachment (
  id         uuid        primary key,
  hash       text        not null references kernel.file (hash),
  name       text        not null,
  purpose    text        not null, -- what it shows, e.g. 'rescue.photo'
  subject    text,                 -- the record it belongs to; null: uploaded, not yet used
  actor      text        not null default coalesce(current_setting('tian.actor', true), ''),
  at         timestamptz not null default clock_timestamp(),
  area_codes text[]      not null,
  org_ids    uuid[]      not null
);
create index attachment_by_subject on kernel.attachment (subject, at);
create index attachment_by_hash on kernel.attachment (hash);

alter table kernel.file enable row level security;
alter table kernel.attachment enable row level security;

-- A file just uploaded is its uploader's; once it belongs to a record it is seen with the record.
create policy seen on kernel.attachment to tian_request
  using (kernel.sees(area_codes, org_ids) or (actor <> '' and actor = (select coalesce(current_setting('tian.actor', true), ''))))
  with check (kernel.sees(area_codes, org_ids) or (actor <> '' and actor = (select coalesce(current_setting('tian.actor', true), ''))));
create policy seen on kernel.file for select to tian_request
  using (exists (select from kernel.attachment a where a.hash = file.hash));

grant select, insert, update on kernel.attachment to tian_request;
grant select on kernel.file to tian_request;
