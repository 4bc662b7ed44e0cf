update leasehold.schedule
set next_at = null, wake_at = null, catch_up = null
where tenant_id = :tenant and task_id = :task_id
