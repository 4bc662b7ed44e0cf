select p.permit_id, p.scope, p.name, p.most, p.used, p.fence, p.period_micros, p.waiting
from unnest(:permits) k (permit_id)
join leasehold.permit p on p.tenant_id = :tenant and p.permit_id = k.permit_id
order by p.permit_id
