update leasehold.lane set queue_permit = :permit where tenant_id = :tenant and queue = :name
