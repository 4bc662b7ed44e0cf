delete from leasehold.event
where tenant_id = :tenant and run_id = any (:run_ids)
