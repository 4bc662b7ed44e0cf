select timeout_micros, octet_length(payload) as payload_bytes, task_permit, key_permit, rate_permit
from leasehold.task
where tenant_id = :tenant and task_id = :task_id
