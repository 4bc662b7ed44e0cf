update leasehold.run
set gated = true
where tenant_id = :tenant and task_id = cast(:name as uuid) and not gated
  and state not in ('Completed', 'Failed', 'Canceled')
