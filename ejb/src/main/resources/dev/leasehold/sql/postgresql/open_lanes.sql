insert into leasehold.lane (tenant_id, queue, type)
select distinct :tenant, w.queue, w.type
from unnest(cast(:queues as varchar[]), cast(:types as varchar[])) as w (queue, type)
order by w.queue, w.type
on conflict (tenant_id, queue, type) do nothing
