delete from leasehold.firing
where tenant_id = :tenant and task_id = :task_id and scheduled_at = :scheduled_at
