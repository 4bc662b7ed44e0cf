select l.run_id, l.fence
from leasehold.lease l
join leasehold.run r on r.tenant_id = l.tenant_id and r.run_id = l.run_id
join leasehold.lane n on n.tenant_id = r.tenant_id and n.lane_id = r.lane_id
where l.tenant_id = :tenant
  and case when :by_queue then n.queue else n.type end = :name
  and not exists (
    select 1 from leasehold.permit_holder h
    where h.tenant_id = l.tenant_id and h.permit_id = :permit and h.run_id = l.run_id)
order by l.run_id
