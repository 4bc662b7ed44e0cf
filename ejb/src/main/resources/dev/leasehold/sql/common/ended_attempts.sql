select run_id, attempt_id, owner, fence, outcome_digest, led_to
from leasehold.attempt
where tenant_id = :tenant and run_id = any (:run_ids)
