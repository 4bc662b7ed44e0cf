select l.tenant_id, p.permit_id
from leasehold.lane l
join leasehold.permit p on p.tenant_id = l.tenant_id and p.scope = :queue_scope and p.name = l.queue
where l.queue_permit is null and p.most is not null
union
select l.tenant_id, p.permit_id
from leasehold.lane l
join leasehold.permit p on p.tenant_id = l.tenant_id and p.scope = :type_scope and p.name = l.type
where l.type_permit is null and p.most is not null
order by tenant_id, permit_id
