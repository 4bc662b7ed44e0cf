insert into leasehold.unique_task (tenant_id, type, unique_key, task_id, lasts, lapses_at)
values (:tenant, :type, :unique_key, :task_id, :lasts, :lapses_at)
