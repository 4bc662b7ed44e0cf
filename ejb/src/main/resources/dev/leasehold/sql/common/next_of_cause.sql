select d.dead_letter_id, d.run_id, d.task_id, d.created_at
from leasehold.dead_letter d
where d.tenant_id = :tenant and d.fingerprint = :fingerprint and d.created_at >= :after_at and d.created_at <= :started_at
  and (d.created_at > :after_at or d.dead_letter_id > :after_id)
  and d.status in ('open', 'exhausted') and d.source_type = :source_type
order by d.created_at, d.dead_letter_id
limit :max
