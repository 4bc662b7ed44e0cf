insert into leasehold.pause (tenant_id, queue, paused_at, paused_by, reason)
values (:tenant, :queue, :now, :actor, :reason)
