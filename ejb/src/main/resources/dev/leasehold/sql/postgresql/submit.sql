with tasks as (
  insert into leasehold.task (
    tenant_id, task_id, type, queue, payload_content_type, payload_form, payload, run_policy, max_attempts,
    backoff_strategy, backoff_delay_micros, backoff_factor, backoff_max_delay_micros, backoff_jitter,
    timeout_micros, safety_level, tags, priority, description, digest, submitted_by, created_at,
    concurrency_key, hold_policy, capabilities, key_permit, rate_name, rate_limit, rate_period_micros,
    rate_permit, unique_key, unique_until, unique_period_micros, unique_on_conflict, expires_at)
  select
    :tenant, n.task_id, n.type, n.queue, n.payload_content_type, n.payload_form, n.payload, n.run_policy, n.max_attempts,
    n.backoff_strategy, n.backoff_delay_micros, n.backoff_factor, n.backoff_max_delay_micros, n.backoff_jitter,
    n.timeout_micros, n.safety_level, n.tags, n.priority, n.description, n.digest, :actor, :now,
    n.concurrency_key, n.hold_policy, n.capabilities, n.key_permit, n.rate_name, n.rate_limit, n.rate_period_micros,
    n.rate_permit, n.unique_key, n.unique_until, n.unique_period_micros, n.unique_on_conflict, n.expires_at
  from unnest(
    cast(:task_ids as uuid[]), cast(:types as varchar[]), cast(:queues as varchar[]),
    cast(:payload_content_types as varchar[]), cast(:payload_forms as varchar[]), cast(:payloads as bytea[]),
    cast(:run_policies as varchar[]), cast(:max_attempts as integer[]), cast(:backoff_strategies as varchar[]),
    cast(:backoff_delays as bigint[]), cast(:backoff_factors as double precision[]),
    cast(:backoff_max_delays as bigint[]), cast(:backoff_jitters as double precision[]), cast(:timeouts as bigint[]),
    cast(:safety_levels as varchar[]), cast(:tags as varchar[]), cast(:priorities as integer[]),
    cast(:descriptions as varchar[]), cast(:digests as varchar[]),
    cast(:concurrency_keys as varchar[]), cast(:hold_policies as varchar[]), cast(:capabilities as varchar[]),
    cast(:key_permits as bigint[]), cast(:rate_names as varchar[]), cast(:rate_limits as integer[]),
    cast(:rate_periods as bigint[]), cast(:rate_permits as bigint[]), cast(:unique_keys as varchar[]),
    cast(:unique_untils as varchar[]), cast(:unique_periods as bigint[]), cast(:unique_on_conflicts as varchar[]),
    cast(:expires_at as timestamp with time zone[])
  ) as n (
    task_id, type, queue, payload_content_type, payload_form, payload, run_policy, max_attempts,
    backoff_strategy, backoff_delay_micros, backoff_factor, backoff_max_delay_micros, backoff_jitter,
    timeout_micros, safety_level, tags, priority, description, digest,
    concurrency_key, hold_policy, capabilities, key_permit, rate_name, rate_limit, rate_period_micros,
    rate_permit, unique_key, unique_until, unique_period_micros, unique_on_conflict, expires_at)
  order by n.task_id
  on conflict (tenant_id, task_id) do nothing
  returning task_id
),
runs as (
  insert into leasehold.run (
    tenant_id, run_id, task_id, lane_id, state, claim_lane, held, gated, holds, expires_at,
    due_at, priority, scheduled_at, created_at, last_event_at,
    version, fence, pos, attempts_started, attempts_suspended)
  select
    :tenant, n.run_id, n.task_id, n.lane_id,
    case when n.due then 'Ready' else 'Scheduled' end,
    case when n.due then n.lane_id end,
    false, n.gated, false, n.expires_at,
    case when not n.due then n.scheduled_at end,
    case when n.due then n.priority else 0 end,
    n.scheduled_at, :now, :now, 1, 0,
    (select base + cast(cast(pg_current_xact_id() as text) as bigint) from leasehold.position_base), 0, 0
  from (
    select
      r.run_id, r.task_id, r.lane_id, r.scheduled_at, r.priority, r.gated, r.expires_at,
      r.due and not exists (
        select 1 from leasehold.pause p where p.tenant_id = :tenant and p.queue = :everything) as due
    from unnest(
      cast(:run_ids as uuid[]), cast(:run_task_ids as uuid[]), cast(:run_lanes as bigint[]),
      cast(:run_scheduled_at as timestamp with time zone[]), cast(:run_priorities as integer[]), cast(:run_due as boolean[]),
      cast(:run_gated as boolean[]), cast(:run_expires_at as timestamp with time zone[])
    ) as r (run_id, task_id, lane_id, scheduled_at, priority, due, gated, expires_at)
  ) as n
  where n.task_id = any (array (select task_id from tasks))
  returning run_id, state, pos, priority, scheduled_at, claim_lane, expires_at
),
places as (
  insert into leasehold.ready (tenant_id, lane_id, rank, scheduled_at, run_id, expires_at)
  select :tenant, r.claim_lane, ~ r.priority, r.scheduled_at, r.run_id, r.expires_at
  from runs r
  where r.claim_lane is not null
),
events as (
  insert into leasehold.event (
    tenant_id, run_id, version, pos, type, occurred_at, actor, transitions, priority, scheduled_at)
  select
    :tenant, r.run_id, 1, r.pos,
    case when r.state = 'Ready' then 'run.promoted' else 'run.submitted' end,
    :now, :actor,
    case when r.state = 'Ready' then '>Scheduled,Scheduled>Ready' else '>Scheduled' end,
    r.priority, r.scheduled_at
  from runs r
),
tallied as (
  insert into leasehold.tally (tenant_id, place, pos, tasks, scheduled, ready)
  select
    :tenant,
    coalesce(max(r.pos), (select base from leasehold.position_base) + cast(cast(pg_current_xact_id() as text) as bigint)),
    max(r.pos), (select count(*) from tasks),
    count(*) filter (where r.state = 'Scheduled'), count(*) filter (where r.state = 'Ready')
  from runs r
  having exists (select 1 from tasks)
)
select task_id from tasks
