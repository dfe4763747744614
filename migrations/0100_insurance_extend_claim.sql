-- Claims from the first word to the money's arrival: every report, the parties whose data is sealed, papers, payments by
-- the bank's time, letters as they were sent, surveys, recoveries and mediations.

create sequence insurance.claim_no;
grant usage on sequence insurance.claim_no to tian_request;

alter table insurance.claim
  add column coverage_id   text   not null default '',
  add column verification  jsonb  not null default '{}', -- which policy covered this elevator at that instant, and its version
  add column place         jsonb  not null default '{}', -- the elevator's codes and address as they were: an insurer does not see its file
  add column due_at        timestamptz,                  -- the next clock that runs out
  add column due_clock     text,
  add column keep_until_on date;                         -- 保险法 87: nothing of it goes before
create index claim_by_due on insurance.claim (due_at) where phase not in ('closed');
create index claim_by_elevator on insurance.claim (elevator_id, happened_at);
create index claim_by_incident on insurance.claim (incident_id) where incident_id is not null;

-- Every report of an accident as it came in, also those that joined a claim and those no policy answers for.
create table insurance.claim_report (
  id          uuid        primary key,
  claim_id    uuid        references insurance.claim (id),
  elevator_id uuid        not null,
  channel     text        not null check (channel in ('phone', 'qr', 'desk', 'interface', 'rescue')),
  kind        text        not null check (kind in ('entrapment', 'injury', 'property', 'repair', 'other')),
  happened_at timestamptz not null,
  reported_at timestamptz not null,
  said        text        not null,          -- sealed
  reporter    text,                          -- sealed: name and phone
  key         text        not null unique,   -- sent twice it is one
  code_key    text        unique,            -- keyed hash of the code that the reporter follows his claim with
  outcome     text        not null check (outcome in ('opened', 'joined', 'no_cover')),
  actor       text        not null default coalesce(current_setting('tian.actor', true), ''),
  area_codes  text[]      not null,
  org_ids     uuid[]      not null,
  check ((claim_id is null) = (outcome = 'no_cover'))
);
create index claim_report_by_claim on insurance.claim_report (claim_id, reported_at);

-- Who may be paid. Name, identity number, phone and account are cipher text; the keys find exact repeats only.
create table insurance.claim_party (
  id           uuid        primary key,
  claim_id     uuid        not null references insurance.claim (id),
  kind         text        not null check (kind in ('victim', 'insured', 'service')),
  name         text        not null,
  id_number    text,
  phone        text,
  account      text,                     -- sealed: bank, number, holder
  account_tail text,                     -- the last four digits, for people to tell accounts apart
  account_key  text,
  person_key   text,
  phone_key    text,
  added_at     timestamptz not null,
  added_by     text        not null
);
create index claim_party_by_claim on insurance.claim_party (claim_id);

-- Papers: their bytes are cipher text too, because they are pictures of identity cards and of wounds.
create table insurance.claim_paper (
  id         uuid        primary key,
  claim_id   uuid        not null references insurance.claim (id),
  party_id   uuid        references insurance.claim_party (id),
  kind       text        not null,
  name       text        not null,       -- sealed
  media_type text        not null,
  size_bytes integer     not null check (size_bytes > 0),
  hash       text        not null check (hash ~ '^[0-9a-f]{64}$'),
  content    text        not null,       -- sealed
  at         timestamptz not null,
  actor      text        not null,
  unique (claim_id, hash)
);

-- One order of money out of the house. Paid is what the bank says, when the bank says it.
create table insurance.claim_payment (
  id           uuid        primary key,
  claim_id     uuid        not null references insurance.claim (id),
  item_id      text        not null,
  party_id     uuid        not null references insurance.claim_party (id),
  payee_kind   text        not null check (payee_kind in ('victim', 'insured', 'service')),
  amount       bigint      not null check (amount > 0), -- fen
  kind         text        not null check (kind in ('final', 'advance', 'interim')),
  victim_paid_proof text,                        -- 保险法 65: the insured is paid after he has paid the victim
  state        text        not null check (state in ('proposed', 'ordered', 'paid', 'returned')),
  key          text        not null,             -- Idempotency-Key; the same key with another body is refused
  body_hash    text        not null,
  proposed_at  timestamptz not null,
  proposed_by  text        not null,
  ordered_at   timestamptz,
  ordered_by   text,
  complete_at  timestamptz,                      -- annex 2 begins here: complete papers accepted
  reported_at  timestamptz not null,             -- the other beginning, kept beside it
  paid_at      timestamptz,                      -- the bank's time
  bank_ref     text,
  returned_reason text,
  lead_org_id  uuid        not null,
  policy_id    uuid        not null references insurance.policy (id),
  version      integer     not null default 0,
  area_codes   text[]      not null,
  org_ids      uuid[]      not null,
  unique (lead_org_id, key),
  check ((state = 'paid') = (paid_at is not null)),
  check ((state in ('ordered', 'paid')) <= (ordered_at is not null))
);
create index claim_payment_by_claim on insurance.claim_payment (claim_id);
create index claim_payment_open on insurance.claim_payment (lead_org_id, state) where state in ('proposed', 'ordered');
create index claim_payment_by_paid on insurance.claim_payment (paid_at) where state = 'paid';

-- Letters. What they say is kept as it was said; the first print is kept too, and every later one is that one.
create table insurance.claim_document (
  id           uuid        primary key,
  claim_id     uuid        not null references insurance.claim (id),
  no           integer     not null check (no > 0),
  kind         text        not null check (kind in ('acknowledgement', 'paper_request', 'decision', 'refusal', 'payment_notice')),
  made_at      timestamptz not null,
  made_by      text        not null,
  content      text        not null,             -- sealed
  content_hash text        not null,
  pdf          text,                             -- sealed
  pdf_hash     text,
  unique (claim_id, no)
);
create function insurance.keep_letter() returns trigger language plpgsql as $$
begin
  if old.pdf is not null or (new.id, new.claim_id, new.no, new.kind, new.made_at, new.made_by, new.content, new.content_hash)
     is distinct from (old.id, old.claim_id, old.no, old.kind, old.made_at, old.made_by, old.content, old.content_hash) then
    raise exception 'a letter that was written does not change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keep_letter before update on insurance.claim_document for each row execute function insurance.keep_letter();

create table insurance.claim_survey (
  id       uuid        primary key,
  claim_id uuid        not null references insurance.claim (id),
  at       timestamptz not null,
  actor    text        not null,
  findings text        not null,                 -- sealed
  lng      double precision,
  lat      double precision
);
create index claim_survey_by_claim on insurance.claim_survey (claim_id, at);

-- After a payment: what is claimed back from who caused it (追偿), and what the rest of a thing brings (残值).
create table insurance.claim_recovery (
  id         uuid        primary key,
  claim_id   uuid        not null references insurance.claim (id),
  kind       text        not null check (kind in ('subrogation', 'residual')),
  debtor     text        not null,               -- sealed
  amount     bigint      not null check (amount > 0),
  received   bigint      not null default 0 check (received between 0 and amount),
  state      text        not null check (state in ('open', 'received', 'given_up')),
  opened_at  timestamptz not null,
  opened_by  text        not null,
  ended_at   timestamptz,
  version    integer     not null default 0
);
create index claim_recovery_by_claim on insurance.claim_recovery (claim_id);

create table insurance.claim_mediation (
  id       uuid        primary key,
  claim_id uuid        not null references insurance.claim (id),
  at       timestamptz not null,
  actor    text        not null,
  subject  text        not null,                 -- sealed
  outcome  text,                                 -- sealed; null: still open
  ended_at timestamptz
);
create index claim_mediation_by_claim on insurance.claim_mediation (claim_id, at);

-- Up to which amount each role of an insurer decides alone (权限). Without a row: nothing.
create table insurance.claim_authority (
  id          uuid        primary key,
  lead_org_id uuid        not null,
  role        text        not null check (role in ('handler', 'approver')),
  amount      bigint      not null check (amount >= 0), -- fen
  set_by      text        not null,
  set_at      timestamptz not null,
  area_codes  text[]      not null,
  org_ids     uuid[]      not null
);
create index claim_authority_newest on insurance.claim_authority (lead_org_id, role, set_at desc);

-- What a repair paid by the insurer first was made of; what the same part cost elsewhere is asked of all of them.
create table insurance.repair_line (
  id         uuid    primary key,
  claim_id   uuid    not null references insurance.claim (id),
  line       smallint not null,
  code       text    not null,
  name       text    not null,
  quantity   integer not null check (quantity > 0),
  unit_price bigint  not null check (unit_price >= 0),
  accepted   bigint,                              -- fen for the line, once assessed
  reason     text    not null default '',
  at         timestamptz not null,
  unique (claim_id, line)
);
create index repair_line_by_code on insurance.repair_line (code, at) where accepted is not null;

-- Median and upper quartile of accepted unit prices of a part, over every insurer, when at least five claims stand behind
-- them: nobody can read one competitor's price from it.
create function insurance.repair_benchmark(codes text[], since timestamptz)
returns table (code text, claims integer, median bigint, upper bigint)
language sql stable security definer set search_path = pg_catalog as $$
  select l.code, count(distinct l.claim_id)::int,
    percentile_disc(0.5) within group (order by l.accepted / l.quantity)::bigint,
    percentile_disc(0.75) within group (order by l.accepted / l.quantity)::bigint
  from insurance.repair_line l
  where l.code = any(codes) and l.at >= since and l.accepted is not null
  group by l.code having count(distinct l.claim_id) >= 5
$$;
revoke all on function insurance.repair_benchmark(text[], timestamptz) from public;
grant execute on function insurance.repair_benchmark(text[], timestamptz) to tian_request;

-- What other claims on this cover have used of the year's limit: asked beyond the viewer, who may not see every claim.
create function insurance.limit_used(policy uuid, elevator uuid, coverage text, but_not uuid) returns bigint
language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(sum(greatest(
    case when c.phase in ('accepted', 'closed') then coalesce((c.body -> 'decision' ->> 'amount')::bigint, 0) else 0 end,
    coalesce((select sum(p.amount) from insurance.claim_payment p where p.claim_id = c.id and p.state <> 'returned'), 0)
  )), 0)::bigint
  from insurance.claim c
  where c.policy_id = policy and c.elevator_id = elevator and c.coverage_id = coverage and c.id <> but_not
$$;
revoke all on function insurance.limit_used(uuid, uuid, text, uuid) from public;
grant execute on function insurance.limit_used(uuid, uuid, text, uuid) to tian_request;

grant select, insert on insurance.claim_report, insurance.claim_party, insurance.claim_paper, insurance.claim_document,
  insurance.claim_survey, insurance.claim_authority to tian_request;
grant select, insert, update on insurance.claim_payment, insurance.claim_recovery, insurance.claim_mediation,
  insurance.repair_line to tian_request;
grant update (pdf, pdf_hash) on insurance.claim_document to tian_request;
grant update (id_number, phone, account, account_tail, account_key, person_key, phone_key) on insurance.claim_party to tian_request;

alter table insurance.claim_report enable row level security;
alter table insurance.claim_payment enable row level security;
alter table insurance.claim_authority enable row level security;
create policy seen on insurance.claim_report to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on insurance.claim_payment to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on insurance.claim_authority to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));

-- What belongs to a claim is seen with it.
do $$
declare part text;
begin
  foreach part in array array['claim_party', 'claim_paper', 'claim_document', 'claim_survey', 'claim_recovery', 'claim_mediation', 'repair_line']
  loop
    execute format('alter table insurance.%I enable row level security', part);
    execute format('create policy seen on insurance.%I to tian_request using (exists (select from insurance.claim c where c.id = claim_id)) with check (exists (select from insurance.claim c where c.id = claim_id))', part);
  end loop;
end $$;

create trigger keep_audit after insert or update or delete on insurance.claim_payment for each row execute function kernel.keep_audit();
create trigger keep_audit after insert or update or delete on insurance.claim_recovery for each row execute function kernel.keep_audit();
create trigger keep_audit after insert or update or delete on insurance.claim_authority for each row execute function kernel.keep_audit();
