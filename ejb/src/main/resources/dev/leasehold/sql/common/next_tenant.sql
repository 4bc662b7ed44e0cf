select tenant_id from leasehold.tenant
where tenant_id > :tenant
order by tenant_id
limit 1
