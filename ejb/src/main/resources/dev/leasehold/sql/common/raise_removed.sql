update leasehold.tenant
set removed_pos = :pos, removed_run = :run_id, removed_version = :version
where tenant_id = :tenant and (removed_pos, removed_run, removed_version) < (:pos, :run_id, :version)
