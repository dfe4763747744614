-- What every module needs to know about the viewer in a policy, and how a look at secret data is kept.

create function kernel.viewer_role() returns text language sql stable parallel safe
  return coalesce(current_setting('tian.role', true), '');

create function kernel.viewer_account() returns text language sql stable parallel safe
  return coalesce(current_setting('tian.actor', true), '');

-- Keeps that somebody looked at something secret, or did something that leaves no row behind. The actor is the
-- transaction's own: a request cannot write a line in another's name.
create function kernel.keep_act(action text, object text, row_id text, after jsonb) returns void
language sql security definer set search_path = pg_catalog as $$
  insert into kernel.audit (actor, action, object, row_id, after)
  values (coalesce(current_setting('tian.actor', true), ''), action, object, row_id, after)
$$;
grant execute on function kernel.keep_act to tian_request;

-- Auditors read the whole audit and nothing else; administrators only what concerns accounts and organisations.
alter table kernel.audit enable row level security;
create policy read on kernel.audit for select to tian_request using (
  (select kernel.viewer_role()) = 'auditor'
  or ((select kernel.viewer_role()) = 'administrator' and object like 'identity.%')
);
grant select on kernel.audit to tian_request;

-- Which keys this database was written with. The key itself stands in a file outside; only its fingerprint is here,
-- so that a start with a wrong or lost key file is refused instead of writing what nobody can read.
create table kernel.key_ref (
  id          text        primary key,
  fingerprint text        not null,
  first_at    timestamptz not null default clock_timestamp()
);
