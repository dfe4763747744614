-- The register of admissions is public to whoever signs in: who asked, by when it had to be decided, what was decided and why.
alter table insurance.admission
  add column answers jsonb not null default '[]',
  add column criterion text not null default '',
  add column decided_by text,
  add column appealed_at timestamptz;
grant update on insurance.admission to tian_request;
create trigger keep_audit after insert or update or delete on insurance.admission for each row execute function kernel.keep_audit();
-- Filing is checked by the service; the request role writes new versions and ends earlier ones, and can change nothing used.
grant insert, update (to_on) on insurance.product, insurance.tariff to tian_request;
