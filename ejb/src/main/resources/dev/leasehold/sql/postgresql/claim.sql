-- a full join is never done by a loop within a loop, whatever is expected of the numbers of rows
with best as materialized (
  select
    h.spot, h.run_id, l.lane_id, l.queue, h.rank, h.scheduled_at,
    l.queue_permit is not null or l.type_permit is not null as limited,
    row_number() over (order by h.rank, h.scheduled_at, h.run_id) as place
  from leasehold.lane l
  left join unnest(
    cast(:floor_lanes as bigint[]), cast(:floor_priorities as integer[]),
    cast(:floor_instants as timestamp with time zone[]), cast(:floor_runs as uuid[])
  ) as f (lane_id, priority, scheduled_at, run_id) on f.lane_id = l.lane_id
  cross join lateral (
    select q.ctid as spot, q.run_id, q.rank, q.scheduled_at
    from leasehold.ready q
    where q.lane_id = l.lane_id and q.tenant_id = l.tenant_id and (q.expires_at is null or q.expires_at > :now)
      and (q.rank, q.scheduled_at, q.run_id) >= (
        coalesce(~ f.priority, ~ cast(:front_priority as integer)), coalesce(f.scheduled_at, :front_instant),
        coalesce(f.run_id, cast(:front_run as uuid)))
    order by q.rank, q.scheduled_at, q.run_id
    limit :max
    for update skip locked
  ) h
  where l.tenant_id = :tenant
    and (:any_type or l.type = any (cast(:types as varchar[])))
    and (:any_queue or l.queue = any (cast(:queues as varchar[])))
    and not l.queue = any (cast(:other_queues as varchar[]))
    and (length(l.capabilities) = 0 or string_to_array(l.capabilities, chr(10)) <@ cast(:capabilities as text[]))
    and not exists (
      select 1 from leasehold.pause p where p.tenant_id = l.tenant_id and p.queue in (:everything, l.queue))
  order by h.rank, h.scheduled_at, h.run_id
  limit :max
),
held as materialized (
  select r.run_id, r.task_id, r.priority, r.last_event_at as ready_at, r.gated
  from leasehold.run r
  where r.tenant_id = :tenant and r.run_id = any (array (select run_id from best)) and r.claim_lane is not null
  for update skip locked
),
free as materialized (
  select
    b.spot, b.run_id, b.lane_id, b.queue, b.scheduled_at, b.place, b.limited or r.gated as gated, r.task_id, r.priority, r.ready_at
  from best b
  full join held r on r.run_id = b.run_id
  where coalesce(r.priority = ~ b.rank, false)
),
fitting as materialized (
  select *
  from (
    select
      b.spot, b.run_id, b.lane_id, b.queue, b.priority, b.scheduled_at, b.place, b.ready_at,
      t.type, t.payload_content_type, t.payload_form, t.payload, t.max_attempts, t.timeout_micros, t.safety_level,
      t.concurrency_key, t.hold_policy, t.capabilities, t.tags, t.description,
      t.backoff_strategy, t.backoff_delay_micros, t.backoff_factor, t.backoff_max_delay_micros, t.backoff_jitter,
      sum(octet_length(t.payload)) over (order by b.place) as payload_bytes,
      row_number() over (order by b.place) as number
    from free b
    cross join lateral (
      select * from leasehold.task t where t.tenant_id = :tenant and t.task_id = b.task_id limit 1) t
    where b.place < (select coalesce(min(g.place), :max + 1) from free g where g.gated)) b
  where b.number = 1 or coalesce(b.payload_bytes, 0) <= :payload_bytes
),
taken as (
  delete from leasehold.ready q
  where q.ctid = any (array (select spot from fitting))
),
claimed as (
  update leasehold.run r
  set state = 'Leased',
      claim_lane = null,
      fence = r.fence + 1,
      version = r.version + 1,
      pos = greatest(r.pos, (select base + cast(cast(pg_current_xact_id() as text) as bigint) from leasehold.position_base)),
      last_event_at = greatest(r.last_event_at, :now)
  where r.tenant_id = :tenant and r.run_id = any (array (select run_id from fitting)) and r.claim_lane is not null
  returning r.run_id, r.task_id, r.fence, r.version, r.pos, r.last_event_at, r.attempts_started, r.attempts_suspended
),
leases as (
  insert into leasehold.lease (tenant_id, run_id, owner, node_id, fence, acquired_at, updated_at, expiry)
  select :tenant, c.run_id, :owner, cast(:node as uuid), c.fence, :now, :now, :expiry
  from claimed c
),
events as (
  insert into leasehold.event (tenant_id, run_id, version, pos, type, occurred_at, actor, transitions, fence)
  select :tenant, c.run_id, c.version, c.pos, 'run.leased', c.last_event_at, :actor, 'Ready>Leased', c.fence
  from claimed c
),
tallied as (
  insert into leasehold.tally (tenant_id, place, pos, ready, leased)
  select :tenant, max(c.pos), max(c.pos), - count(*), count(*)
  from claimed c
  having count(*) > 0
)
select
  (select coalesce(bool_or(gated), false) from free) as gated, (select count(*) from free) as free,
  b.run_id, f.task_id, f.fence, f.attempts_started, f.attempts_suspended,
  f.type, b.queue, f.payload_content_type, f.payload_form, f.payload, f.max_attempts, f.timeout_micros, f.safety_level,
  f.concurrency_key, f.hold_policy, f.capabilities, f.tags, f.description,
  f.backoff_strategy, f.backoff_delay_micros, f.backoff_factor, f.backoff_max_delay_micros, f.backoff_jitter,
  :expiry as expiry, cast(null as uuid) as attempt_id, cast(null as timestamp with time zone) as deadline,
  f.ready_at, cast(null as timestamp with time zone) as started_at, cast(null as bigint) as key_fence,
  b.lane_id, ~ b.rank as priority, b.scheduled_at
from best b
full join (
  select c.task_id, c.fence, c.attempts_started, c.attempts_suspended, g.*
  from claimed c
  full join fitting g on g.run_id = c.run_id
  where coalesce(c.fence, 0) > 0) f on f.place = b.place
where coalesce(b.place, 0) > 0
order by b.place
