insert into leasehold.signal (tenant_id, run_id, event_seq, name, ordinal, payload, wait_id, created_at)
values (:tenant, :run_id, :event_seq, :name, :ordinal, :payload, :wait_id, :created_at)
