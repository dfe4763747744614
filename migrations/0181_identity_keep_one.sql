-- The systems of one organisation count as one person wherever two are needed: at most one active client of it acts in a role.
create function identity.acts_in_role(grants text[]) returns boolean
  language sql immutable parallel safe set search_path = pg_catalog as $$
  select exists (select from unnest(grants) g where g like 'role:%')
$$;
create unique index client_one_acts on identity.client (org_id) where state = 'active' and identity.acts_in_role(grants);
