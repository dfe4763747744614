-- Who sees everything must not look to the planner like who sees next to nothing: of a comparison it knows no better than
-- "one row in two hundred", of a yes or no it takes the half.
create or replace function kernel.scope_all() returns boolean language sql stable parallel safe
  return coalesce(nullif(current_setting('tian.scope_all', true), ''), 'off')::boolean;
