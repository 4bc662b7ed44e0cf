delete from leasehold.permit_holder
where tenant_id = :tenant and permit_id = :permit and until <= :now
