update leasehold.permit
set most = :most, period_micros = :period
where tenant_id = :tenant and permit_id = :permit
