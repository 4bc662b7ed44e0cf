update leasehold.signal
set wait_id = :wait_id
where tenant_id = :tenant and run_id = :run_id and event_seq = :event_seq
