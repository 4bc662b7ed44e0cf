update leasehold.permit_holder
set permit_fence = :permit_fence
where tenant_id = :tenant and permit_id = :permit and run_id = :run_id
