update leasehold.unique_task
set task_id = :task_id, lasts = :lasts, lapses_at = :lapses_at
where tenant_id = :tenant and type = :type and unique_key = :unique_key
