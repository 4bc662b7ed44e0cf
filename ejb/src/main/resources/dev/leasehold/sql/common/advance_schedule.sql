update leasehold.schedule
set instants = :instants, next_at = :next_at, wake_at = :wake_at, catch_up = :catch_up
where tenant_id = :tenant and task_id = :task_id
