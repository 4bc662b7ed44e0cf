insert into leasehold.idempotency (
  tenant_id, subject, method, path, idempotency_key, request_digest, expires_at)
values (:tenant, :subject, :method, :path, :idempotency_key, :request_digest, :expires_at)
on conflict (tenant_id, subject, method, path, idempotency_key) do nothing
