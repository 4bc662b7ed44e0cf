-- a full join is never done by a loop within a loop, whatever is expected of the numbers of rows
with best as materialized (
  select
    h.run_id, l.queue_permit, l.type_permit, h.rank,
    row_number() over (order by h.rank, h.scheduled_at, h.run_id) as place
  from leasehold.lane l
  left join unnest(
    cast(:floor_lanes as bigint[]), cast(:floor_priorities as integer[]),
    cast(:floor_instants as timestamp with time zone[]), cast(:floor_runs as uuid[])
  ) as f (lane_id, priority, scheduled_at, run_id) on f.lane_id = l.lane_id
  cross join lateral (
    select q.run_id, q.rank, q.scheduled_at
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
  select *
  from leasehold.run r
  where r.tenant_id = :tenant and r.run_id = any (array (select run_id from best)) and r.claim_lane is not null
  for update skip locked
)
select
  b.run_id, r.task_id, r.priority, r.scheduled_at, r.fence, r.version, r.pos, r.last_event_at, r.attempts_started, r.holds,
  b.queue_permit, b.type_permit, t.task_permit, t.key_permit, t.rate_permit, t.timeout_micros,
  octet_length(t.payload) as payload_bytes
from best b
full join held r on r.run_id = b.run_id and r.priority = ~ b.rank
left join lateral (
  select * from leasehold.task t where t.tenant_id = :tenant and t.task_id = r.task_id limit 1) t on true
where coalesce(b.place, 0) > 0
order by b.place
