select l.lane_id, l.capabilities, l.queue_permit, l.type_permit
from leasehold.lane l
where l.tenant_id = :tenant
  and (:any_type or l.type = any (:types))
  and (:any_queue or l.queue = any (:queues))
  and not (l.queue = any (:other_queues))
  and not exists (
    select 1 from leasehold.pause p where p.tenant_id = l.tenant_id and p.queue in (:everything, l.queue))
order by l.lane_id
