select p.permit_id, p.scope, p.name, p.most, p.period_micros
from unnest(:names) k (name)
join leasehold.permit p on p.tenant_id = :tenant and p.scope = :scope and p.name = k.name
