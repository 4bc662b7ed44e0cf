select count(*) as differences, count(distinct d.tenant_id) as tenants, max(d.place) as last_place
from (
  select t.tenant_id, t.place
  from leasehold.tally t
  where t.place >= :floor
  order by t.place
  limit :max) d
