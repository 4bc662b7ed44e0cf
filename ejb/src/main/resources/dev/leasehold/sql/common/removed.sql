select removed_pos, removed_run, removed_version from leasehold.tenant where tenant_id = :tenant
