-- What the filed scale brings to a renewal is owed from the day the programme ended: it stands in the books under the
-- programme's number and is paid as everything else that is owed.

-- Programmes that ended before were owed, too.
with ended as (
  select gen_random_uuid() as entry_id, p.number, p.insurer_org_id, p.ended_on, p.renewal_benefit
  from insurance.pension p where p.renewal_benefit > 0),
entries as (
  insert into insurance.entry (id, kind, at, note, actor, lead_org_id, area_codes, org_ids)
  select entry_id, 'benefit_due', ended_on::timestamp at time zone 'Asia/Shanghai', number, '', insurer_org_id, '{}', array[insurer_org_id]
  from ended returning id)
insert into insurance.posting (entry_id, line, account, party, amount)
select e.entry_id, l.line, l.account, e.number, l.sign * e.renewal_benefit
from ended e join entries on entries.id = e.entry_id
  cross join (values (0::smallint, 'renewal_benefits', 1), (1::smallint, 'benefit_payable', -1)) l (line, account, sign);

-- Whoever sees a programme sees what of its benefit was paid, though the books are the insurer's own. Runs as the owner;
-- callers name programmes they see.
create function insurance.benefits_paid(numbers text[])
  returns table (number text, owed bigint, paid bigint, paid_at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  select p.party, -sum(p.amount) filter (where e.kind = 'benefit_due'), coalesce(sum(p.amount) filter (where e.kind <> 'benefit_due'), 0),
    case when sum(p.amount) = 0 then max(b.at) filter (where e.kind = 'payment_made') end
  from insurance.posting p join insurance.entry e on e.id = p.entry_id left join insurance.bank_line b on b.id = e.bank_line_id
  where p.account = 'benefit_payable' and p.party = any(numbers)
  group by p.party
$$;
revoke all on function insurance.benefits_paid(text[]) from public;
grant execute on function insurance.benefits_paid(text[]) to tian_request;
