-- A district's programme: its scope, its phases 试点 / 推广 / 常态, what must be ready to start each, and what closed it.

create table market.programme (
  id          uuid    primary key,
  name        text    not null check (name <> ''),
  kind        text    not null check (kind in ('liability', 'comprehensive', 'pension')),
  area_code   text    not null,                 -- the district
  marks       text[]  not null default '{}',    -- classes that go first; empty: every elevator in use
  aim         text    not null default '',
  version     integer not null default 0,
  area_codes  text[]  not null,
  org_ids     uuid[]  not null
);

create table market.programme_phase (
  id           uuid        primary key,
  programme_id uuid        not null references market.programme (id),
  phase        text        not null check (phase in ('pilot', 'rollout', 'routine')),
  from_on      date        not null,
  to_on        date        not null,
  target_bp    integer     not null check (target_bp between 0 and 10000), -- insured share of the scope
  state        text        not null check (state in ('planned', 'running', 'closed')),
  evaluation   text        not null default '',
  lessons      text        not null default '',
  figures      jsonb,                           -- counted and frozen when it closes
  closed_at    timestamptz,
  closed_by    text,
  version      integer     not null default 0,
  area_codes   text[]      not null,
  org_ids      uuid[]      not null,
  unique (programme_id, phase),
  check (to_on >= from_on),
  check ((state = 'closed') = (closed_at is not null))
);
create unique index programme_one_running on market.programme_phase (programme_id) where state = 'running';

create table market.programme_item (
  id         uuid        primary key,
  phase_id   uuid        not null references market.programme_phase (id),
  code       text        not null,
  title      text        not null,
  due_on     date,
  done_on    date,
  note       text        not null default '',   -- what was done, by whom: the evidence in words
  version    integer     not null default 0,
  area_codes text[]      not null,
  org_ids    uuid[]      not null,
  unique (phase_id, code)
);

grant select, insert, update on market.programme, market.programme_phase, market.programme_item to tian_request;
alter table market.programme enable row level security;
alter table market.programme_phase enable row level security;
alter table market.programme_item enable row level security;
create policy seen on market.programme to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on market.programme_phase to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create policy seen on market.programme_item to tian_request using (kernel.sees(area_codes, org_ids)) with check (kernel.sees(area_codes, org_ids));
create trigger keep_audit after insert or update or delete on market.programme for each row execute function kernel.keep_audit();
create trigger keep_audit after insert or update or delete on market.programme_phase for each row execute function kernel.keep_audit();
create trigger keep_audit after insert or update or delete on market.programme_item for each row execute function kernel.keep_audit();
