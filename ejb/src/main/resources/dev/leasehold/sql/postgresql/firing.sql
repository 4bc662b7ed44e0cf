insert into leasehold.firing (tenant_id, task_id, scheduled_at, run_id, live, buffered, missed)
values (:tenant, :task_id, :scheduled_at, :run_id, true, :buffered, :missed)
on conflict (tenant_id, task_id, scheduled_at) do nothing
