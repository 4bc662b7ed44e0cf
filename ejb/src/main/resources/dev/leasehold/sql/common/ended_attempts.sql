select a.run_id, a.attempt_id, a.owner, a.fence, a.outcome_digest, a.led_to
from unnest(:run_ids) k (run_id)
join leasehold.attempt a on a.tenant_id = :tenant and a.run_id = k.run_id
