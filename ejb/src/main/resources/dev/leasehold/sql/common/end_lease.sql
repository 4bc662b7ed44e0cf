delete from leasehold.lease where tenant_id = :tenant and run_id = :run_id
