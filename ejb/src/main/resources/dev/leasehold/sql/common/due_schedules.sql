select s.tenant_id, s.task_id
from leasehold.schedule s
where s.wake_at <= :now
  and not s.task_id = any (:unreadable)
  and not exists (select 1 from leasehold.paused_task p where p.tenant_id = s.tenant_id and p.task_id = s.task_id)
  and not exists (
    select 1 from leasehold.pause p
    where p.tenant_id = s.tenant_id and (p.queue = :everything or p.queue = s.queue))
order by s.wake_at, s.task_id
limit :max
