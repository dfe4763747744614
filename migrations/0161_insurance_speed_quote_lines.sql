-- The lines of quotes, thousands at once: a column of JSON or of lists is one text with a value a line, which costs a
-- fraction of an array whose items must be quoted. Whether a quote is seen is asked once a quote, by its key, and says that
-- it exists: a quote is never deleted, so that no line needs to ask and to lock it once more.
alter table insurance.quote_line drop constraint quote_line_quote_id_fkey;
drop function insurance.keep_quote_lines(uuid[], uuid[], jsonb[], jsonb[], jsonb[], bigint[], text[], text[], text[], text[]);
create function insurance.keep_quote_lines(quote_ids uuid[], elevator_ids uuid[], risks text, premiums text,
  refusals text, totals bigint[], codes text[], addresses text[], areas text, orgs text)
returns void language plpgsql security definer set search_path = pg_catalog set plan_cache_mode = force_custom_plan as $$
begin
  if exists (select from (select distinct unnest(quote_ids) as id) asked
      where (select kernel.sees(q.area_codes, q.org_ids) from insurance.quote q where q.id = asked.id) is not true) then
    raise exception 'a line belongs to a quote that is not seen' using errcode = 'insufficient_privilege';
  end if;
  insert into insurance.quote_line (quote_id, elevator_id, risk, premium, refusal, total, code, address, area_codes, org_ids)
  select l.quote_id, l.elevator_id, coalesce(nullif(l.risk, '')::jsonb, 'null'), nullif(l.premium, '')::jsonb,
    nullif(l.refusal, '')::jsonb, l.total, l.code, l.address, l.areas::text[], l.orgs::uuid[]
  from unnest(quote_ids, elevator_ids, string_to_array(risks, E'\n'), string_to_array(premiums, E'\n'),
      string_to_array(refusals, E'\n'), totals, codes, addresses, string_to_array(areas, E'\n'), string_to_array(orgs, E'\n'))
    as l (quote_id, elevator_id, risk, premium, refusal, total, code, address, areas, orgs);
end $$;
revoke all on function insurance.keep_quote_lines(uuid[], uuid[], text, text, text, bigint[], text[], text[], text, text)
  from public;
grant execute on function insurance.keep_quote_lines(uuid[], uuid[], text, text, text, bigint[], text[], text[], text, text)
  to tian_request;
