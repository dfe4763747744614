-- The lines of quotes, thousands at once. Whether a quote is seen is asked once a quote and not once a line: a roster of a
-- maintenance unit is hundreds of lines of some dozen quotes. Whoever asks can add lines in no other way.
create function insurance.keep_quote_lines(quote_ids uuid[], elevator_ids uuid[], risks jsonb[], premiums jsonb[],
  refusals jsonb[], totals bigint[], codes text[], addresses text[], areas text[], orgs text[])
returns void language plpgsql security definer set search_path = pg_catalog as $$
begin
  if exists (select from (select distinct unnest(quote_ids) as id) asked
      where not exists (select from insurance.quote q where q.id = asked.id and kernel.sees(q.area_codes, q.org_ids))) then
    raise exception 'a line belongs to a quote that is not seen' using errcode = 'insufficient_privilege';
  end if;
  insert into insurance.quote_line (quote_id, elevator_id, risk, premium, refusal, total, code, address, area_codes, org_ids)
  select l.quote_id, l.elevator_id, coalesce(l.risk, 'null'), l.premium, l.refusal, l.total, l.code, l.address,
    l.areas::text[], l.orgs::uuid[]
  from unnest(quote_ids, elevator_ids, risks, premiums, refusals, totals, codes, addresses, areas, orgs)
    as l (quote_id, elevator_id, risk, premium, refusal, total, code, address, areas, orgs);
end $$;
revoke all on function insurance.keep_quote_lines(uuid[], uuid[], jsonb[], jsonb[], jsonb[], bigint[], text[], text[], text[], text[])
  from public;
grant execute on function insurance.keep_quote_lines(uuid[], uuid[], jsonb[], jsonb[], jsonb[], bigint[], text[], text[], text[], text[])
  to tian_request;
revoke insert on insurance.quote_line from tian_request;
