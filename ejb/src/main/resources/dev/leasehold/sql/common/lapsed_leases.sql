select l.tenant_id, l.run_id
from leasehold.lease l
left join leasehold.node n on n.node_id = l.node_id
where coalesce(n.expiry, l.expiry) <= :now or l.deadline <= :deadline
order by l.tenant_id, l.run_id
limit :max
