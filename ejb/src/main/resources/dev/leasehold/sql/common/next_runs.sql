select r.run_id, r.task_id, r.version, r.created_at,
  r.state in ('Completed', 'Failed', 'Canceled') and r.last_event_at < :ended_before as ended
from leasehold.run r
where r.tenant_id = :tenant and r.run_id > :run_id
order by r.run_id
limit :max
