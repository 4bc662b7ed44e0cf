select
  s.tenant_id, s.task_id, s.version, s.expression, s.time_zone, s.dst_gap, s.dst_overlap, s.misfire_most,
  s.misfire_merged, s.misfire_after_micros, s.overlap, s.repeat_interval_micros, s.max_occurrences, s.lane_id, s.priority,
  s.instants, s.next_at, s.catch_up,
  exists (
    select 1 from leasehold.pause p
    where p.tenant_id = s.tenant_id and (p.queue = :everything or p.queue = s.queue))
  or exists (select 1 from leasehold.paused_task p where p.tenant_id = s.tenant_id and p.task_id = s.task_id) as halted
from unnest(:task_ids) k (task_id)
join leasehold.schedule s on s.tenant_id = :tenant and s.task_id = k.task_id
order by s.task_id
