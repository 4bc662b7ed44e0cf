insert into leasehold.event_data (tenant_id, run_id, version, event_id, data)
values (:tenant, :run_id, :version, :event_id, :data)
