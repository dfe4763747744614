-- Scope in the database: requests run as tian_request and see rows by comparing arrays, with no subquery.

create function kernel.scope_all() returns boolean language sql stable parallel safe
  return coalesce(current_setting('tian.scope_all', true), '') = 'on';

create function kernel.scope_areas() returns text[] language sql stable parallel safe
  return coalesce(nullif(current_setting('tian.scope_areas', true), ''), '{}')::text[];

create function kernel.scope_orgs() returns uuid[] language sql stable parallel safe
  return coalesce(nullif(current_setting('tian.scope_orgs', true), ''), '{}')::uuid[];

-- May the viewer of this transaction see a row with this audience? Simple enough for the planner to inline,
-- so the array comparisons can use an index.
create function kernel.sees(area_codes text[], org_ids uuid[]) returns boolean language sql stable parallel safe
  return (select kernel.scope_all()) or area_codes && (select kernel.scope_areas()) or org_ids && (select kernel.scope_orgs());

-- Keeps who, when, before and after of every change to the table it is put on.
create function kernel.keep_audit() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare
  was jsonb := case when tg_op = 'INSERT' then null else to_jsonb(old) end;
  now_ jsonb := case when tg_op = 'DELETE' then null else to_jsonb(new) end;
begin
  if tg_op = 'UPDATE' and was = now_ then return new; end if;
  insert into kernel.audit (actor, action, object, row_id, before, after)
  values (coalesce(current_setting('tian.actor', true), ''), lower(tg_op), tg_table_schema || '.' || tg_table_name,
    coalesce(now_ ->> 'id', was ->> 'id'), was, now_);
  return coalesce(new, old);
end $$;

alter table kernel.trace enable row level security;
create policy seen on kernel.trace to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));

grant usage on schema kernel to tian_request;
grant insert on kernel.outbox to tian_request;
grant select (id) on kernel.outbox to tian_request;
grant select, insert on kernel.trace to tian_request;
