delete from leasehold.idempotency
where (tenant_id, subject, method, path, idempotency_key) in (
  select tenant_id, subject, method, path, idempotency_key
  from leasehold.idempotency
  where expires_at <= :now
  order by expires_at
  limit :max
  for update skip locked)
