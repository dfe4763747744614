-- Papers on an elevator's file: who issued them, how long they hold, and that one was withdrawn. Never deleted.

alter table registry.document
  add column attachment_id    uuid,
  add column added_org_id     uuid references identity.org (id),
  add column issuer           text not null default '',
  add column expires_on       date,
  add column withdrawn_at     timestamptz,
  add column withdrawn_by     text,
  add column withdrawn_reason text,
  add check ((withdrawn_at is null) = (withdrawn_reason is null));

grant update (withdrawn_at, withdrawn_by, withdrawn_reason) on registry.document to tian_request;
