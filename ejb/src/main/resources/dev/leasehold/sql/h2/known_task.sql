select 1 from leasehold.task where tenant_id = :tenant and task_id = :task_id
