-- Who may come in: accounts with a role, how they prove themselves, and the sessions they hold.

create table identity.account (
  id           uuid        primary key,
  username     text        not null,
  username_key text        not null unique,        -- as compared: half width, lower case
  label        text        not null default '',    -- what screens call it when no person stands behind it
  person_id    uuid        references identity.person (id),
  org_id       uuid        references identity.org (id),
  role         text        not null,
  areas        text[]      not null default '{}',  -- divisions an official answers for; empty: the whole city
  state        text        not null check (state in ('active', 'suspended')),
  demo         boolean     not null default false,
  version      integer     not null default 0,
  created_at   timestamptz not null default clock_timestamp()
);
create index account_by_person on identity.account (person_id);
create index account_by_org on identity.account (org_id);

-- What proves an account. Apart from the account, so that no audit and no request ever holds it.
create table identity.credential (
  account_id       uuid        primary key references identity.account (id),
  password_hash    text        not null, -- argon2id
  password_at      timestamptz not null,
  must_change      boolean     not null default false,
  totp_secret      text,                 -- cipher text; null: no second factor
  totp_at          timestamptz,          -- confirmed; null: enrolment not finished
  totp_last_step   bigint,               -- a code works once
  recovery_hashes  text[]      not null default '{}' -- SHA-256 of the codes not used yet
);

create table identity.session (
  id           uuid        primary key,     -- its name in lists; the token is known to the browser alone
  token_hash   text        not null unique, -- SHA-256
  account_id   uuid        not null references identity.account (id),
  stage        text        not null check (stage in ('second_factor', 'enrolment', 'new_password', 'open')),
  started_at   timestamptz not null,
  last_seen_at timestamptz not null,
  ends_at      timestamptz not null,
  ended_at     timestamptz,
  address      text        not null,
  agent        text        not null
);
create index session_by_account on identity.session (account_id, last_seen_at desc);

-- Every try to sign in, right or wrong. Also what the growing delay after failures is counted from.
create table identity.sign_in (
  id           uuid        primary key,
  at           timestamptz not null,
  username_key text        not null,
  account_id   uuid,
  address      text        not null,
  agent        text        not null,
  -- half: the password was right, the second factor is still to come; cleared: an administrator set the name free again.
  outcome      text        not null check (outcome in ('trying', 'refused', 'suspended', 'half', 'accepted', 'cleared'))
);
create index sign_in_by_name on identity.sign_in (username_key, at desc);
create index sign_in_by_address on identity.sign_in (address, at desc);
create index sign_in_by_account on identity.sign_in (account_id, at desc);

-- 业主: a household of a building. Owners of a building are a party to its elevators under the building's id.
create table identity.household (
  id          uuid        primary key,
  account_id  uuid        not null references identity.account (id),
  building_id uuid        not null,
  unit        text        not null default '',
  asked_at    timestamptz not null default clock_timestamp(),
  verified_at timestamptz,
  verified_by uuid,
  ended_at    timestamptz,
  area_codes  text[]      not null,
  org_ids     uuid[]      not null
);
create unique index household_once on identity.household (account_id, building_id) where ended_at is null;

create table identity.client (
  id           uuid        primary key,
  name         text        not null check (name <> ''),
  org_id       uuid        references identity.org (id),
  whole_city   boolean     not null default false, -- speaks for every organisation: a city's own platform
  grants       text[]      not null,
  state        text        not null check (state in ('active', 'suspended')),
  created_at   timestamptz not null default clock_timestamp(),
  last_used_at timestamptz,
  version      integer     not null default 0,
  check (whole_city or org_id is not null)
);

create table identity.client_secret (
  id           uuid        primary key,
  client_id    uuid        not null references identity.client (id),
  door         text        not null check (door in ('api', 'mqtt')),
  secret_hash  text        not null, -- SHA-256 of 256 random bits
  hint         text        not null, -- its last four characters
  created_at   timestamptz not null,
  ends_at      timestamptz,          -- null: until it is replaced
  last_used_at timestamptz
);
create index client_secret_by_client on identity.client_secret (client_id, door);

-- How long personal data and sign-in records are kept, as data: a city may keep them shorter or longer.
create table identity.retention (
  subject   text    primary key,
  keep_days integer not null check (keep_days > 0),
  source    text    not null,
  verified  boolean not null
);
insert into identity.retention (subject, keep_days, source, verified) values
  ('sign_in', 400, 'GB/T 22239-2019 asks for logs of at least six months; a year and a month lets years be compared', false),
  ('session', 90, 'long enough to answer "was that me?"', false),
  ('person_left', 1095, 'records of maintenance are kept four years by T5002; names in them are not needed beyond three', false);

alter table identity.account enable row level security;
create policy manage on identity.account to tian_request
  using ((select kernel.viewer_role()) = 'administrator' or id::text = (select kernel.viewer_account()))
  with check ((select kernel.viewer_role()) = 'administrator');
alter table identity.client enable row level security;
create policy manage on identity.client to tian_request
  using ((select kernel.viewer_role()) = 'administrator') with check ((select kernel.viewer_role()) = 'administrator');
alter table identity.household enable row level security;
create policy seen on identity.household to tian_request
  using (kernel.sees(area_codes, org_ids) or account_id::text = (select kernel.viewer_account()))
  with check (kernel.sees(area_codes, org_ids) or (account_id::text = (select kernel.viewer_account()) and verified_at is null));
-- No policy: requests never see these; sign-in and its services run as the owner.
alter table identity.credential enable row level security;
alter table identity.session enable row level security;
alter table identity.sign_in enable row level security;
alter table identity.client_secret enable row level security;
alter table identity.retention enable row level security;

create trigger keep_audit after insert or update or delete on identity.account for each row execute function kernel.keep_audit();
create trigger keep_audit after insert or update or delete on identity.household for each row execute function kernel.keep_audit();
create trigger keep_audit after insert or update or delete on identity.client for each row execute function kernel.keep_audit();

grant select, insert, update on identity.account, identity.client, identity.household to tian_request;
