select l.lane_id, l.queue, l.type, l.requires
from leasehold.lane l
where l.tenant_id = :tenant
  and (l.queue, l.type, l.requires) in (
    select w.queue, w.type, w.requires
    from unnest(cast(:queues as varchar[]), cast(:types as varchar[]), cast(:requires as uuid[])) as w (queue, type, requires))
