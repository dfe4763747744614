-- What stands between a wish for cover and a policy: offers laid side by side, numbers the insurer allotted, answers kept so
-- that a call sent twice acts once.

alter table insurance.mandate
  add column recorded_at timestamptz not null default clock_timestamp(),
  add column recorded_by text not null default '',
  add column proof text;                          -- hash of the contract's page, where it was handed in
create trigger keep_audit after insert or update or delete on insurance.mandate for each row execute function kernel.keep_audit();

-- Offers laid side by side, in an order drawn by lot: the seed is kept, so that anybody can draw again and find the same.
create table insurance.comparison (
  id              uuid        primary key,
  holder_org_id   uuid        not null,
  kind            text        not null check (kind in ('liability', 'comprehensive', 'pension')),
  from_on         date        not null,
  asked_by        text        not null,
  asked_at        timestamptz not null,
  seed            text        not null,
  shown           uuid[]      not null,            -- quotes, in the order drawn
  on_sale         integer     not null,            -- products that could have been shown
  chosen_quote_id uuid        references insurance.quote (id),
  chosen_at       timestamptz,
  area_codes      text[]      not null,
  org_ids         uuid[]      not null
);
alter table insurance.quote add foreign key (comparison_id) references insurance.comparison (id);

-- Policy numbers an insurer allotted to the platform. Opaque; each used once.
create table insurance.policy_number (
  insurer_org_id uuid        not null,
  number         text        not null check (number <> ''),
  place          bigint      generated always as identity, -- used in the order they were given
  given_at       timestamptz not null,
  given_by       text        not null,
  policy_id      uuid,
  area_codes     text[]      not null default '{}',
  org_ids        uuid[]      not null,
  primary key (insurer_org_id, number)
);
create index policy_number_free on insurance.policy_number (insurer_org_id, place) where policy_id is null;

-- Whoever binds may take the next number of the chosen insurer, without seeing the others.
create function insurance.take_number(insurer uuid, policy uuid) returns text
language sql volatile security definer set search_path = pg_catalog as $$
  update insurance.policy_number n set policy_id = policy
  where (n.insurer_org_id, n.number) = (
    select f.insurer_org_id, f.number from insurance.policy_number f
    where f.insurer_org_id = insurer and f.policy_id is null
      and not exists (select from insurance.policy p where p.lead_org_id = f.insurer_org_id and p.number = f.number)
    order by f.place limit 1 for update skip locked)
  returning n.number
$$;
revoke all on function insurance.take_number(uuid, uuid) from public;
grant execute on function insurance.take_number(uuid, uuid) to tian_request;

-- The answer to an act by its key, of the one who sent it: the same key again gives the same answer and does nothing.
create table insurance.kept_answer (
  actor     text        not null,
  key       text        not null,
  act       text        not null,
  body_hash text        not null,
  answer    jsonb       not null,
  at        timestamptz not null,
  primary key (actor, key)
);

grant select, insert, update on insurance.comparison to tian_request;
grant select, insert on insurance.policy_number, insurance.kept_answer to tian_request;
alter table insurance.comparison enable row level security;
alter table insurance.policy_number enable row level security;
alter table insurance.kept_answer enable row level security;
create policy seen on insurance.comparison to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on insurance.policy_number to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy own on insurance.kept_answer to tian_request
  using (actor = current_setting('tian.actor', true)) with check (actor = current_setting('tian.actor', true));
create trigger keep_audit after insert or update or delete on insurance.comparison for each row execute function kernel.keep_audit();
