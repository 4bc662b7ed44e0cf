insert into leasehold.rerun (tenant_id, run_id, rerun_of) values (:tenant, :run_id, :rerun_of)
