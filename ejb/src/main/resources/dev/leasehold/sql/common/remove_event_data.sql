delete from leasehold.event_data
where tenant_id = :tenant and run_id = any (:run_ids)
