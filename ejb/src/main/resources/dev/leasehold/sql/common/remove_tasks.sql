delete from leasehold.task
where tenant_id = :tenant and task_id = any (:task_ids)
