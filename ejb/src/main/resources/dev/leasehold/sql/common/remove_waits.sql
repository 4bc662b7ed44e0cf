delete from leasehold.wait
where tenant_id = :tenant and run_id = any (:run_ids)
