delete from leasehold.run
where tenant_id = :tenant and run_id = any (:run_ids)
