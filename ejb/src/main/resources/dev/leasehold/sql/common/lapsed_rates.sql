select distinct tenant_id, permit_id
from (
  select tenant_id, permit_id
  from leasehold.permit_holder
  where until <= :now
  order by until
  limit :max
) h
order by tenant_id, permit_id
