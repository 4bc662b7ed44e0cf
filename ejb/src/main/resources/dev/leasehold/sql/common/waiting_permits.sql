select tenant_id, permit_id
from leasehold.permit
where waiting and (most is null or used < most)
order by tenant_id, permit_id
limit :max
