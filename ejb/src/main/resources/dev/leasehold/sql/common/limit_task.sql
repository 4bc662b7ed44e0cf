update leasehold.task set task_permit = :permit where tenant_id = :tenant and task_id = cast(:name as uuid)
