-- Bank statements as files: what was taken of each, what was known already, and every row that could not be read.

create table insurance.bank_statement (
  id          uuid        primary key,
  lead_org_id uuid        not null,
  file_hash   text,                       -- null: lines that a bank's interface sent
  file_name   text        not null,
  taken_at    timestamptz not null,
  taken_by    text        not null,
  rows        integer     not null check (rows >= 0),
  taken       integer     not null,
  known       integer     not null,
  faults      jsonb       not null default '[]',
  area_codes  text[]      not null,
  org_ids     uuid[]      not null,
  check (taken + known <= rows)
);
create index bank_statement_newest on insurance.bank_statement (lead_org_id, taken_at desc);
grant select, insert on insurance.bank_statement to tian_request;
alter table insurance.bank_statement enable row level security;
create policy seen on insurance.bank_statement to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));

alter table insurance.bank_line add column statement_id uuid references insurance.bank_statement (id);
create index bank_line_newest on insurance.bank_line (lead_org_id, at desc, id);

-- Every entry that uses the money of a bank line names it: what is left of the line is counted from the books.
alter table insurance.entry add column bank_line_id uuid;
create index entry_by_bank_line on insurance.entry (bank_line_id) where bank_line_id is not null;
create index entry_by_time on insurance.entry (lead_org_id, at);
