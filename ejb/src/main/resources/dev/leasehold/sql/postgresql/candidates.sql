select
  h.run_id, h.task_id, h.priority, h.scheduled_at, h.fence, h.version, h.pos, h.last_event_at, h.attempts_started, h.holds,
  l.queue_permit, l.type_permit, t.task_permit, t.key_permit, t.rate_permit, t.timeout_micros, octet_length(t.payload) as payload_bytes
from leasehold.lane l
left join unnest(
  cast(:floor_lanes as bigint[]), cast(:floor_priorities as integer[]),
  cast(:floor_instants as timestamp with time zone[]), cast(:floor_runs as uuid[])
) as f (lane_id, priority, scheduled_at, run_id) on f.lane_id = l.lane_id
cross join lateral (
  select *
  from leasehold.run r
  where r.claim_lane = l.lane_id and r.tenant_id = l.tenant_id and (r.expires_at is null or r.expires_at > :now)
    and (~ r.priority, r.scheduled_at, r.run_id) >= (
      coalesce(~ f.priority, ~ cast(:front_priority as integer)), coalesce(f.scheduled_at, :front_instant),
      coalesce(f.run_id, cast(:front_run as uuid)))
  order by ~ r.priority, r.scheduled_at, r.run_id
  limit :max
  for update skip locked
) h
cross join lateral (
  select * from leasehold.task t where t.tenant_id = :tenant and t.task_id = h.task_id limit 1) t
where l.tenant_id = :tenant
  and (:any_type or l.type = any (cast(:types as varchar[])))
  and (:any_queue or l.queue = any (cast(:queues as varchar[])))
  and not l.queue = any (cast(:other_queues as varchar[]))
  and (length(l.capabilities) = 0 or string_to_array(l.capabilities, chr(10)) <@ cast(:capabilities as text[]))
  and not exists (
    select 1 from leasehold.pause p where p.tenant_id = l.tenant_id and p.queue in (:everything, l.queue))
order by h.priority desc, h.scheduled_at, h.run_id
limit :max
