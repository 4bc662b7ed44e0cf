delete from leasehold.unique_task
where tenant_id = :tenant and type = :type and unique_key = :unique_key and task_id = :task_id
