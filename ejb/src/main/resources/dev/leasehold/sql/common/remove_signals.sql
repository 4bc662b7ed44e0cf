delete from leasehold.signal
where tenant_id = :tenant and run_id = any (:run_ids)
