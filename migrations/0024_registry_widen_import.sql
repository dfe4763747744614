-- Imports of every kind: two districts may call their source the same, and a run says how far its beginner's word reaches.

alter table registry.import_source drop constraint import_source_kind_name_key;
create unique index import_source_once on registry.import_source (kind, name, area_codes, org_ids);

alter table registry.import_run add column whole_city boolean not null default false;
update registry.import_run set whole_city = true where area_codes = '{}' and org_ids = '{}';
