-- a join might be planned to read all leases, the gone ones that somebody can still see included
select
  k.run_id,
  (select l.fence from leasehold.lease l
   where l.tenant_id = :tenant and l.run_id = k.run_id and l.node_id = :node and l.attempt_id is not null) as fence
from unnest(:run_ids) k (run_id)
