delete from leasehold.paused_task
where tenant_id = :tenant and task_id = any (:task_ids)
