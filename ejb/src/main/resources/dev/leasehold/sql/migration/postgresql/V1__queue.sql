create table tenant (
  tenant_id uuid primary key,
  org varchar(128) not null,
  workspace varchar(128) not null,
  deployment varchar(128),
  name varchar(255) not null,
  created_at timestamp(6) with time zone not null,
  -- the place in the feed of the last event that was removed: who stands before it may have missed some
  removed_pos bigint default 0 not null,
  removed_run uuid default '00000000-0000-0000-0000-000000000000' not null,
  removed_version integer default 0 not null,
  constraint tenant_place unique nulls not distinct (org, workspace, deployment)
);

insert into tenant (tenant_id, org, workspace, deployment, name, created_at)
values ('00000000-0000-7000-8000-000000000001', 'default', 'default', null, 'default', timestamp with time zone '2026-01-01 00:00:00+00');

-- what is added to the database's own transaction ids so that positions go on after a restore or a move
create table position_base (
  only_row smallint primary key check (only_row = 1),
  base bigint not null
);

insert into position_base (only_row, base) values (1, 0);

-- what only so many runs may hold at once: a concurrency key, a limited queue or type, or a rate, which is held for its period
create table permit (
  tenant_id uuid not null,
  permit_id bigint generated always as identity,
  scope varchar(5) not null,
  name varchar(255) not null,
  most integer check (most >= 0),
  used integer not null,
  fence bigint not null,
  period_micros bigint,
  waiting boolean not null,
  primary key (tenant_id, permit_id),
  constraint permit_name unique (tenant_id, scope, name),
  constraint permit_scope check (scope in ('key', 'queue', 'type', 'rate', 'task')),
  constraint permit_used check (used >= 0)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);

create index permit_waiting on permit (permit_id) where waiting;

create table permit_holder (
  tenant_id uuid not null,
  permit_id bigint not null,
  run_id uuid not null,
  fence bigint not null,
  permit_fence bigint not null,
  taken_at timestamp(6) with time zone not null,
  until timestamp(6) with time zone,
  primary key (tenant_id, permit_id, run_id, fence)
);

create index permit_holder_run on permit_holder (tenant_id, run_id);
create index permit_holder_until on permit_holder (until) where until is not null;

-- everything that one kind of worker can take from one queue; runs carry the number instead of the names
create table lane (
  tenant_id uuid not null,
  lane_id bigint generated always as identity,
  queue varchar(128) not null,
  type varchar(128) not null,
  requires uuid not null,
  capabilities text not null,
  queue_permit bigint,
  type_permit bigint,
  primary key (tenant_id, lane_id),
  constraint lane_name unique (tenant_id, queue, type, requires)
);

create table task (
  tenant_id uuid not null,
  task_id uuid not null,
  type varchar(128) not null,
  queue varchar(128) not null,
  payload_content_type varchar(255),
  payload_form varchar(6),
  payload bytea,
  run_policy varchar(4000) not null,
  max_attempts integer not null check (max_attempts >= 1),
  backoff_strategy varchar(11) not null,
  backoff_delay_micros bigint not null,
  backoff_factor double precision not null,
  backoff_max_delay_micros bigint not null,
  backoff_jitter double precision not null,
  timeout_micros bigint check (timeout_micros > 0),
  safety_level varchar(13) not null,
  concurrency_key varchar(255),
  hold_policy varchar(15) not null,
  capabilities text,
  key_permit bigint,
  task_permit bigint,
  rate_name varchar(255),
  rate_limit integer,
  rate_period_micros bigint,
  rate_permit bigint,
  unique_key varchar(255),
  unique_until varchar(8),
  unique_period_micros bigint,
  unique_on_conflict varchar(8),
  expires_at timestamp(6) with time zone,
  tags text not null,
  priority integer not null,
  description varchar(4096),
  digest varchar(64) not null,
  submitted_by varchar(255) not null,
  created_at timestamp(6) with time zone not null,
  canceled_at timestamp(6) with time zone,
  primary key (tenant_id, task_id),
  constraint task_payload check ((payload is null) = (payload_form is null))
);

-- which task is the only one of its type and key, and for how long
create table unique_task (
  tenant_id uuid not null,
  type varchar(128) not null,
  unique_key varchar(255) not null,
  task_id uuid not null,
  lasts varchar(8) not null,
  lapses_at timestamp(6) with time zone,
  primary key (tenant_id, type, unique_key)
);

create index task_listed on task (tenant_id, priority desc, created_at, task_id);

create table run (
  tenant_id uuid not null,
  run_id uuid not null,
  task_id uuid not null,
  lane_id bigint not null,
  state varchar(9) not null,
  claim_lane bigint,
  parked_on bigint,
  held boolean not null,
  gated boolean not null,
  holds boolean not null,
  waits boolean default false not null,
  -- whether it does again what another run did, whose dead letter may hang on it
  again boolean not null default false,
  expires_at timestamp(6) with time zone,
  due_at timestamp(6) with time zone,
  priority integer not null,
  scheduled_at timestamp(6) with time zone not null,
  created_at timestamp(6) with time zone not null,
  last_event_at timestamp(6) with time zone not null,
  version integer not null,
  fence bigint not null,
  pos bigint not null,
  attempts_started integer not null,
  attempts_suspended integer not null,
  -- the state of a run that stands in no other place where a list would find it; what a claim and a finish change leaves it null
  aside varchar(9) generated always as (
    case
      when state in ('Scheduled', 'RetryWait', 'Suspended', 'Failed', 'Canceled') then state
      when state = 'Ready' and claim_lane is null then state
    end) stored,
  primary key (tenant_id, run_id),
  constraint run_state check (state in ('Scheduled', 'Ready', 'Leased', 'Running', 'RetryWait', 'Suspended', 'Completed', 'Failed', 'Canceled')),
  constraint run_claimable check (claim_lane is null or (state = 'Ready' and not held and not waits)),
  constraint run_parked check (parked_on is null or (state = 'Ready' and not held and claim_lane is null)),
  constraint run_waiting check (due_at is null or state in ('Scheduled', 'RetryWait', 'Suspended'))
) with (fillfactor = 33, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);

create index run_parked on run (parked_on, priority desc, scheduled_at, run_id) where parked_on is not null;
create index run_expires on run (expires_at) where expires_at is not null;
create index run_due on run (due_at, run_id) where due_at is not null;
create index run_of_task on run (tenant_id, task_id, run_id);
create index run_listed on run (tenant_id, scheduled_at, run_id);
create index run_aside on run (tenant_id, aside, scheduled_at, run_id) where aside is not null;

-- the runs that can be claimed, in the order in which they are: a row while its run's claim_lane is set. It is a table and no
-- index, so that what a claim and a finish change of a run stands in no index of its own
create table ready (
  tenant_id uuid not null,
  lane_id bigint not null,
  rank integer not null,
  scheduled_at timestamp(6) with time zone not null,
  run_id uuid not null,
  expires_at timestamp(6) with time zone,
  primary key (lane_id, rank, scheduled_at, run_id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- whoever takes a run out of its place, or puts it into another, holds the run; claims and submissions do it themselves, many
-- at a time, and change none of these columns
create function follow_run() returns trigger language plpgsql as $$
begin
  if old.claim_lane is not null then
    delete from leasehold.ready
    where lane_id = old.claim_lane and rank = ~ old.priority and scheduled_at = old.scheduled_at and run_id = old.run_id;
  end if;
  if new.claim_lane is not null then
    insert into leasehold.ready (tenant_id, lane_id, rank, scheduled_at, run_id, expires_at)
    values (new.tenant_id, new.claim_lane, ~ new.priority, new.scheduled_at, new.run_id, new.expires_at);
  end if;
  return null;
end
$$;

create trigger run_ready after update of parked_on, priority on run for each row
  when ((old.claim_lane, old.priority, old.scheduled_at) is distinct from (new.claim_lane, new.priority, new.scheduled_at))
  execute function follow_run();

create table lease (
  tenant_id uuid not null,
  run_id uuid not null,
  owner varchar(255) not null,
  node_id uuid,
  fence bigint not null,
  acquired_at timestamp(6) with time zone not null,
  updated_at timestamp(6) with time zone not null,
  expiry timestamp(6) with time zone not null,
  attempt_id uuid,
  attempt_number integer,
  started_at timestamp(6) with time zone,
  deadline timestamp(6) with time zone,
  progress_percent integer,
  progress_message varchar(255),
  progress_at timestamp(6) with time zone,
  primary key (tenant_id, run_id),
  constraint lease_progress check (progress_percent between 0 and 100),
  constraint lease_attempt check ((attempt_id is null) = (started_at is null) and (attempt_id is null) = (attempt_number is null))
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);

create table attempt (
  tenant_id uuid not null,
  run_id uuid not null,
  number integer not null,
  attempt_id uuid not null,
  owner varchar(255) not null,
  fence bigint not null,
  started_at timestamp(6) with time zone not null,
  finished_at timestamp(6) with time zone not null,
  result varchar(9),
  error text,
  output_content_type varchar(255),
  output_form varchar(6),
  output bytea,
  outcome_digest uuid,
  led_to varchar(9) not null,
  primary key (tenant_id, run_id, number)
);

create table event (
  tenant_id uuid not null,
  run_id uuid not null,
  version integer not null,
  pos bigint not null,
  type varchar(32) not null,
  occurred_at timestamp(6) with time zone not null,
  actor varchar(255) not null,
  transitions varchar(200) not null,
  fence bigint,
  attempt_id uuid,
  attempt_number integer,
  priority integer,
  scheduled_at timestamp(6) with time zone,
  due_at timestamp(6) with time zone,
  reason varchar(1000),
  primary key (tenant_id, run_id, version)
);

create index event_pos on event using brin (pos) with (pages_per_range = 32, autosummarize = on);

-- what some events carry beside their columns, and the id that the writer of a note gave it
create table event_data (
  tenant_id uuid not null,
  run_id uuid not null,
  version integer not null,
  event_id varchar(200),
  data bytea not null,
  primary key (tenant_id, run_id, version),
  constraint event_data_id unique (tenant_id, run_id, event_id)
);

-- how many tasks, attempts and runs of each state there are: the sums of a tenant's rows, each of which is a difference
create table tally (
  tenant_id uuid not null,
  place bigint not null,
  pos bigint,
  tasks bigint,
  attempts bigint,
  scheduled bigint,
  ready bigint,
  leased bigint,
  running bigint,
  retry_wait bigint,
  suspended bigint,
  completed bigint,
  failed bigint,
  canceled bigint
) with (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
  autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 5000);

create index tally_place on tally (place);

-- no row of tally has a smaller place; whoever folds rows holds this one
create table tally_floor (
  only_row smallint primary key check (only_row = 1),
  place bigint not null
) with (fillfactor = 50);

insert into tally_floor (only_row, place) values (1, 0);

-- the runs that were asked for once more, each with the run that it is of
create table rerun (
  tenant_id uuid not null,
  run_id uuid not null,
  rerun_of uuid not null,
  dead_letter_id varchar(200),
  primary key (tenant_id, run_id)
);

create index rerun_original on rerun (tenant_id, rerun_of, run_id);
create index rerun_letter on rerun (tenant_id, dead_letter_id, run_id) where dead_letter_id is not null;

-- what failed for good, and what is done about it: one for each run that failed, its re-runs included
create table dead_letter (
  tenant_id uuid not null,
  dead_letter_id varchar(200) not null,
  source_type varchar(16) not null,
  source_id varchar(200) not null,
  run_id uuid not null,
  task_id uuid not null,
  reason varchar(8000) not null,
  status varchar(15) not null,
  attempts integer not null,
  created_at timestamp(6) with time zone not null,
  updated_at timestamp(6) with time zone not null,
  retry_dispatch_count integer not null,
  retry_backoff_micros bigint,
  retry_dispatched_at timestamp(6) with time zone,
  retry_run_id uuid,
  due_at timestamp(6) with time zone,
  operator_disposition varchar(32),
  disposition_reason varchar(1000),
  disposition_actor varchar(255),
  disposition_at timestamp(6) with time zone,
  fingerprint varchar(16) not null,
  failed_at timestamp(6) with time zone not null,
  primary key (tenant_id, dead_letter_id),
  constraint dead_letter_status check (status in ('open', 'retry_requested', 'retrying', 'exhausted', 'ignored', 'resolved')),
  constraint dead_letter_waiting check (due_at is null or status in ('retry_requested', 'retrying'))
);

create index dead_letter_listed on dead_letter (tenant_id, created_at, dead_letter_id);
create index dead_letter_of_status on dead_letter (tenant_id, status, created_at, dead_letter_id);
create index dead_letter_of_run on dead_letter (tenant_id, run_id, created_at, dead_letter_id);
create index dead_letter_unsettled on dead_letter (tenant_id, run_id, created_at, dead_letter_id)
  where status in ('open', 'retry_requested', 'retrying', 'exhausted');
create index dead_letter_due on dead_letter (due_at, dead_letter_id) where due_at is not null;
create index dead_letter_of_cause on dead_letter (tenant_id, fingerprint, created_at, dead_letter_id, failed_at)
  where status in ('open', 'retry_requested', 'retrying', 'exhausted');

-- the failures of a cause that are done again, batch by batch, each after the one before it has ended well
create table cause_rerun (
  tenant_id uuid not null,
  fingerprint varchar(16) not null,
  status varchar(7) not null,
  actor varchar(255) not null,
  reason varchar(1000),
  started_at timestamp(6) with time zone not null,
  updated_at timestamp(6) with time zone not null,
  batch integer not null,
  batch_runs varchar(3700) not null,
  reruns integer not null,
  failed integer not null,
  after_at timestamp(6) with time zone not null,
  after_id varchar(200) not null,
  primary key (tenant_id, fingerprint),
  constraint cause_rerun_status check (status in ('running', 'done', 'stopped'))
);

create index cause_rerun_running on cause_rerun (tenant_id, fingerprint) where status = 'running';

-- the processes that run handlers; a lease that names one lasts as long as that one is heard of
create table node (
  node_id uuid primary key,
  name varchar(128) not null,
  types text not null,
  capabilities text not null,
  started_at timestamp(6) with time zone not null,
  heartbeat_at timestamp(6) with time zone not null,
  expiry timestamp(6) with time zone not null,
  -- how often others asked it to compare what it carries out with its leases
  looks_asked bigint default 0 not null
);

-- what is paused: a queue, or everything where the queue is empty
create table pause (
  tenant_id uuid not null,
  queue varchar(128) not null,
  paused_at timestamp(6) with time zone not null,
  paused_by varchar(255) not null,
  reason varchar(1000),
  primary key (tenant_id, queue)
);

-- answers that were given, kept for whoever repeats the question
create table idempotency (
  tenant_id uuid not null,
  subject varchar(255) not null,
  method varchar(10) not null,
  path varchar(1000) not null,
  idempotency_key varchar(255) not null,
  request_digest varchar(64) not null,
  status integer,
  location varchar(1000),
  answer text,
  expires_at timestamp(6) with time zone not null,
  primary key (tenant_id, subject, method, path, idempotency_key)
);

create index idempotency_expires on idempotency (expires_at);

-- when a task recurs: one row for each cron task, and for each repetition too long to be derived at once
create table schedule (
  tenant_id uuid not null,
  task_id uuid not null,
  version integer not null,
  expression varchar(255),
  time_zone varchar(64),
  dst_gap varchar(5),
  dst_overlap varchar(5),
  misfire_most integer,
  misfire_merged boolean,
  misfire_after_micros bigint,
  overlap varchar(15),
  repeat_interval_micros bigint,
  max_occurrences bigint,
  queue varchar(128) not null,
  lane_id bigint not null,
  priority integer not null,
  instants bigint not null,
  next_at timestamp(6) with time zone,
  wake_at timestamp(6) with time zone,
  catch_up integer,
  primary key (tenant_id, task_id),
  constraint schedule_kind check ((expression is null) <> (repeat_interval_micros is null)),
  constraint schedule_end check (instants <= max_occurrences)
);

create index schedule_wake on schedule (wake_at, task_id) where wake_at is not null;

-- the run of each instant: no instant has two
create table firing (
  tenant_id uuid not null,
  task_id uuid not null,
  scheduled_at timestamp(6) with time zone not null,
  run_id uuid not null,
  live boolean not null,
  buffered boolean not null,
  missed bigint,
  primary key (tenant_id, task_id, scheduled_at),
  constraint firing_run unique (tenant_id, run_id)
);

create index firing_live on firing (tenant_id, task_id, scheduled_at) where live;

-- tasks whose runs are neither derived nor promoted for the time being
create table paused_task (
  tenant_id uuid not null,
  task_id uuid not null,
  paused_at timestamp(6) with time zone not null,
  paused_by varchar(255) not null,
  reason varchar(1000),
  primary key (tenant_id, task_id)
);

-- what runs wait for beside an instant; a run goes on when none of its waits blocks it any more
create table wait (
  tenant_id uuid not null,
  wait_id varchar(200) not null,
  run_id uuid not null,
  kind varchar(8) not null,
  name varchar(128),
  status varchar(9) not null,
  blocks boolean not null,
  reason varchar(1000),
  due_at timestamp(6) with time zone,
  wake_at timestamp(6) with time zone,
  timeout_at timestamp(6) with time zone,
  on_timeout varchar(8),
  escalate_to varchar(255),
  remind_micros bigint check (remind_micros > 0),
  reminders integer not null,
  reminded_at timestamp(6) with time zone,
  payload_schema varchar(4000),
  payload text,
  completion_key varchar(512),
  event_seq integer not null,
  created_at timestamp(6) with time zone not null,
  updated_at timestamp(6) with time zone not null,
  completed_at timestamp(6) with time zone,
  primary key (tenant_id, wait_id),
  constraint wait_kind check (kind in ('timer', 'signal', 'approval', 'webhook', 'external')),
  constraint wait_name check ((kind = 'signal') = (name is not null)),
  constraint wait_status check (status in ('waiting', 'woken', 'timed_out', 'escalated', 'cancelled')),
  constraint wait_due check (due_at is null or status = 'waiting'),
  constraint wait_timeout check ((timeout_at is null) = (on_timeout is null))
);

create index wait_of_run on wait (tenant_id, run_id, created_at, wait_id);
create index wait_blocking on wait (tenant_id, run_id, created_at, wait_id) where blocks;
create index wait_due_at on wait (due_at, tenant_id, wait_id) where due_at is not null;

-- what runs were told, in the order in which it came; the k-th of a name goes to the k-th wait for that name
create table signal (
  tenant_id uuid not null,
  run_id uuid not null,
  event_seq integer not null,
  name varchar(128) not null,
  ordinal integer not null,
  payload text,
  wait_id varchar(200),
  created_at timestamp(6) with time zone not null,
  primary key (tenant_id, run_id, event_seq),
  constraint signal_of_name unique (tenant_id, run_id, name, ordinal)
);

create index signal_waiting on signal (tenant_id, run_id, name, ordinal) where wait_id is null;

-- where each tenant's audit stands: whatever was taken away behind it is missed
create table audit_head (
  tenant_id uuid not null,
  seq bigint not null,
  record_hash varchar(64),
  primary key (tenant_id)
);

-- what operators did: each record carries the digest of the one before it
create table audit_record (
  tenant_id uuid not null,
  seq bigint not null,
  event_id varchar(200) not null,
  event_type varchar(64) not null,
  actor varchar(255) not null,
  created_at_ms bigint not null,
  run_id uuid,
  payload varchar(16384) not null,
  prev_hash varchar(64),
  record_hash varchar(64) not null,
  primary key (tenant_id, seq),
  constraint audit_event unique (tenant_id, event_id)
);

create index audit_of_run on audit_record (tenant_id, run_id, seq) where run_id is not null;
