-- Policies, endorsements and receipts as they were handed out: the content is kept with its hash, so that a reprint is true to
-- its version whatever became of the policy since. The code leads whoever holds the paper to the hash.
create table insurance.document (
  id         uuid        primary key,
  policy_id  uuid        not null references insurance.policy (id),
  kind       text        not null check (kind in ('policy', 'endorsement', 'receipt')),
  no         integer     not null,
  content    jsonb       not null,
  hash       text        not null,
  code       text        not null unique,
  made_at    timestamptz not null,
  made_by    text        not null,
  area_codes text[]      not null,
  org_ids    uuid[]      not null,
  unique (policy_id, kind, no)
);
create function insurance.keep_document() returns trigger language plpgsql as $$
begin
  raise exception 'a document that was handed out does not change' using errcode = 'restrict_violation';
end $$;
create trigger keep_document before update or delete on insurance.document for each row execute function insurance.keep_document();
grant select, insert on insurance.document to tian_request;
alter table insurance.document enable row level security;
create policy seen on insurance.document to tian_request
  using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
