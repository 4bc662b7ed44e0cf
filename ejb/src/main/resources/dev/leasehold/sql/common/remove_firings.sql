delete from leasehold.firing
where tenant_id = :tenant and run_id = any (:run_ids) and not live
