select l.lane_id, l.queue, l.type
from leasehold.lane l
where l.tenant_id = :tenant
  and (l.queue, l.type) in (
    select w.queue, w.type from unnest(cast(:queues as varchar[]), cast(:types as varchar[])) as w (queue, type))
