-- Who pays for a policy sees what has arrived for it, though the books are the insurer's own: to him every policy looked
-- unpaid. Runs as the owner; callers join it with the policies they see.
create function insurance.premium_arrived(policies uuid[])
  returns table (policy_id uuid, payer text, amount bigint, at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  select p.policy_id, coalesce(p.party, ''), -p.amount, coalesce(b.at, e.at)
  from insurance.posting p
    join insurance.entry e on e.id = p.entry_id
    left join insurance.bank_line b on b.id = e.bank_line_id
  where p.policy_id = any(policies) and p.account = 'premium_receivable'
    and e.kind in ('money_arrived', 'suspense_allocated', 'allocation_reversed')
$$;
revoke all on function insurance.premium_arrived(uuid[]) from public;
grant execute on function insurance.premium_arrived(uuid[]) to tian_request;
