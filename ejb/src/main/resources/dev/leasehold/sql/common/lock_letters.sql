select d.dead_letter_id
from unnest(:letter_ids) k (dead_letter_id)
join leasehold.dead_letter d on d.tenant_id = :tenant and d.dead_letter_id = k.dead_letter_id
order by d.dead_letter_id
for update
