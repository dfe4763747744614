-- An endorsement may be asked for, wait for its money, and be declined; what is kept beyond the days of cover stands with the
-- policy, because no line earns it.
alter table insurance.policy
  add column kept jsonb not null default '[]',       -- payers' parts: fee, holdback, forfeit; negative when given back
  add column reason_code text;                       -- why it was taken over or redeemed
alter table insurance.endorsement
  add column state text not null default 'issued' check (state in ('asked', 'awaiting_cash', 'issued', 'declined', 'void')),
  add column owed jsonb not null default '[]',       -- what each payer owes more or less by it
  add column reason text not null default '',
  add column issued_at timestamptz,
  add column decided_by text,
  add column note text not null default '';
create trigger keep_audit after insert or update or delete on insurance.endorsement for each row execute function kernel.keep_audit();
create trigger keep_audit after update or delete on insurance.policy_line for each row execute function kernel.keep_audit();
grant update on insurance.endorsement to tian_request;
-- A late endorsement re-prices the stretches after it: they are written anew, and the audit keeps what they were.
grant update, delete on insurance.policy_line to tian_request;
