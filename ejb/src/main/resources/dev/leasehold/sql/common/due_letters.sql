select tenant_id, dead_letter_id, task_id
from leasehold.dead_letter
where due_at <= :now
order by due_at, dead_letter_id
limit :max
