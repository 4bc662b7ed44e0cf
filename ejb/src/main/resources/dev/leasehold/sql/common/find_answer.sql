select request_digest, status, location, answer
from leasehold.idempotency
where tenant_id = :tenant and subject = :subject and method = :method and path = :path
  and idempotency_key = :idempotency_key
