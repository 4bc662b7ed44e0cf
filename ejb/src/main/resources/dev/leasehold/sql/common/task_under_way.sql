select
  exists (
    select 1 from leasehold.run r
    where r.tenant_id = :tenant and r.task_id = :task_id and r.attempts_started > 0) as started,
  exists (
    select 1 from leasehold.run r
    where r.tenant_id = :tenant and r.task_id = :task_id and r.state not in ('Completed', 'Failed', 'Canceled')) as unfinished
