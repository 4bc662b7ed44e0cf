select l.attempt_id, l.attempt_number, l.started_at, r.version, r.pos, r.last_event_at, r.attempts_started, r.holds, r.again, t.timeout_micros
from leasehold.run r
join leasehold.lease l on l.tenant_id = r.tenant_id and l.run_id = r.run_id
join leasehold.task t on t.tenant_id = r.tenant_id and t.task_id = r.task_id
where r.tenant_id = :tenant and r.run_id = :run_id and l.fence = :fence and l.owner = :owner
