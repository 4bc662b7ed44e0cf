update leasehold.run set holds = true where tenant_id = :tenant and run_id = :run_id
