update leasehold.lane set type_permit = :permit where tenant_id = :tenant and type = :name
