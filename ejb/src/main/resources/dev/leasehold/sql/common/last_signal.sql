select s.ordinal
from leasehold.signal s
where s.tenant_id = :tenant and s.run_id = :run_id and s.name = :name
order by s.tenant_id desc, s.run_id desc, s.name desc, s.ordinal desc
limit 1
