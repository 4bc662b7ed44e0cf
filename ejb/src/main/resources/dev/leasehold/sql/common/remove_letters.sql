delete from leasehold.dead_letter
where tenant_id = :tenant and run_id = any (:run_ids)
