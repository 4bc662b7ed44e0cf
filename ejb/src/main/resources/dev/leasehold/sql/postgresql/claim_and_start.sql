with best as materialized (
  select h.run_id, row_number() over (order by h.priority desc, h.scheduled_at, h.run_id) as place
  from leasehold.lane l
  cross join lateral (
    select r.run_id, r.priority, r.scheduled_at
    from leasehold.run r
    where r.claim_lane = l.lane_id and r.tenant_id = l.tenant_id
    order by r.priority desc, r.scheduled_at, r.run_id
    limit :max
    for update skip locked
  ) h
  where l.tenant_id = :tenant and l.type = any (cast(:types as varchar[]))
  order by h.priority desc, h.scheduled_at, h.run_id
  limit :max
),
claimed as (
  update leasehold.run r
  set state = 'Running',
      claim_lane = null,
      fence = r.fence + 1,
      attempts_started = r.attempts_started + 1,
      version = r.version + 1,
      pos = greatest(r.pos, (select base from leasehold.position_base) + cast(cast(pg_current_xact_id() as text) as bigint)),
      last_event_at = greatest(r.last_event_at, :now)
  where r.tenant_id = :tenant and r.run_id = any (array (select run_id from best)) and r.claim_lane is not null
  returning r.run_id, r.task_id, r.fence, r.version, r.pos, r.last_event_at, r.attempts_started, r.attempts_suspended
),
started as materialized (
  select c.*, b.place, (cast(:attempt_ids as uuid[]))[b.place] as attempt_id
  from claimed c
  join best b on b.run_id = c.run_id
),
leases as (
  insert into leasehold.lease (
    tenant_id, run_id, owner, fence, acquired_at, updated_at, expiry, attempt_id, attempt_number, started_at)
  select :tenant, s.run_id, :owner, s.fence, :now, :now, :expiry, s.attempt_id, s.attempts_started, :now
  from started s
),
events as (
  insert into leasehold.event (
    tenant_id, run_id, version, pos, type, occurred_at, actor, transitions, fence, attempt_id, attempt_number)
  select
    :tenant, s.run_id, s.version, s.pos, 'run.started', s.last_event_at, :actor, 'Ready>Leased,Leased>Running',
    s.fence, s.attempt_id, s.attempts_started
  from started s
)
select
  s.run_id, s.task_id, s.fence, s.attempts_started, s.attempts_suspended,
  t.type, t.queue, t.payload_content_type, t.payload_form, t.payload, t.max_attempts,
  t.backoff_strategy, t.backoff_delay_micros, t.backoff_factor, t.backoff_max_delay_micros, t.backoff_jitter,
  s.attempt_id
from started s
cross join lateral (
  select * from leasehold.task t where t.tenant_id = :tenant and t.task_id = s.task_id limit 1) t
order by s.place
