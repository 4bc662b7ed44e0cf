update leasehold.run set holds = false where tenant_id = :tenant and run_id = :run_id
