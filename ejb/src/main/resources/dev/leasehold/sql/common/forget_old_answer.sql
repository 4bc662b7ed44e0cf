delete from leasehold.idempotency
where tenant_id = :tenant and subject = :subject and method = :method and path = :path
  and idempotency_key = :idempotency_key and expires_at <= :now
