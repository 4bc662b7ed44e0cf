insert into leasehold.lane (tenant_id, queue, type, requires, capabilities, queue_permit, type_permit)
select distinct
  :tenant, w.queue, w.type, w.requires, w.capabilities,
  (select p.permit_id from leasehold.permit p
   where p.tenant_id = :tenant and p.scope = :queue_scope and p.name = w.queue and p.most is not null),
  (select p.permit_id from leasehold.permit p
   where p.tenant_id = :tenant and p.scope = :type_scope and p.name = w.type and p.most is not null)
from unnest(
  cast(:queues as varchar[]), cast(:types as varchar[]), cast(:requires as uuid[]), cast(:capabilities as varchar[])
) as w (queue, type, requires, capabilities)
order by w.queue, w.type, w.requires
on conflict (tenant_id, queue, type, requires) do nothing
