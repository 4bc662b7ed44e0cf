update leasehold.permit
set used = :used, fence = :fence, waiting = :waiting
where tenant_id = :tenant and permit_id = :permit
