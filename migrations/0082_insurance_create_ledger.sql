-- Double entry, append only: an entry's postings sum to zero or it does not exist; a mistake is undone by another entry.

create table insurance.entry (
  id         uuid        primary key,
  kind       text        not null,
  at         timestamptz not null,                 -- when it was true: for money, the bank's time
  written_at timestamptz not null default clock_timestamp(),
  actor      text        not null default coalesce(current_setting('tian.actor', true), ''),
  reverses   uuid        references insurance.entry (id),
  note       text        not null default '',
  lead_org_id uuid       not null,                 -- whose books
  area_codes text[]      not null,
  org_ids    uuid[]      not null
);
create unique index entry_reversed_once on insurance.entry (reverses) where reverses is not null;

create table insurance.posting (
  entry_id  uuid     not null references insurance.entry (id),
  line      smallint not null,
  account   text     not null,
  party     text,
  amount    bigint   not null check (amount <> 0), -- fen; debit positive
  policy_id uuid,
  claim_id  uuid,
  primary key (entry_id, line)
);
create index posting_by_account on insurance.posting (account, party);
create index posting_by_policy on insurance.posting (policy_id) where policy_id is not null;
create index posting_by_claim on insurance.posting (claim_id) where claim_id is not null;

create function insurance.check_balance() returns trigger language plpgsql as $$
begin
  if (select coalesce(sum(amount), 0) from insurance.posting where entry_id = new.entry_id) <> 0 then
    raise exception 'entry % does not balance', new.entry_id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger entry_balances after insert on insurance.posting
  deferrable initially deferred for each row execute function insurance.check_balance();

create function insurance.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the books are append only: reverse the entry' using errcode = 'restrict_violation';
end $$;
create trigger append_only before update or delete on insurance.entry for each row execute function insurance.refuse_change();
create trigger append_only before update or delete on insurance.posting for each row execute function insurance.refuse_change();

-- Money as the bank says it: one row per line of a statement, never twice.
create table insurance.bank_line (
  id          uuid        primary key,
  lead_org_id uuid        not null,
  account     text        not null,     -- masked; the whole number is never kept
  bank_ref    text        not null,
  at          timestamptz not null,     -- the bank's time
  amount      bigint      not null check (amount <> 0), -- fen; in is positive
  counterparty text       not null default '',
  remark      text        not null default '',
  proof       text,                     -- file hash when entered by hand
  entry_id    uuid        references insurance.entry (id),
  area_codes  text[]      not null,
  org_ids     uuid[]      not null,
  unique (lead_org_id, account, bank_ref)
);

grant select, insert on insurance.entry, insurance.posting, insurance.bank_line to tian_request;
grant update (entry_id) on insurance.bank_line to tian_request;
alter table insurance.entry enable row level security;
alter table insurance.posting enable row level security;
alter table insurance.bank_line enable row level security;
create policy seen on insurance.entry to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on insurance.bank_line to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on insurance.posting to tian_request
  using (exists (select from insurance.entry e where e.id = entry_id)) with check (exists (select from insurance.entry e where e.id = entry_id));
