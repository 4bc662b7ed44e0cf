select
  r.run_id, r.task_id, r.fence, r.attempts_started, r.attempts_suspended,
  t.type, t.queue, t.payload_content_type, t.payload_form, t.payload, t.max_attempts,
  t.backoff_strategy, t.backoff_delay_micros, t.backoff_factor, t.backoff_max_delay_micros, t.backoff_jitter, l.attempt_id
from leasehold.run r
join leasehold.task t on t.tenant_id = r.tenant_id and t.task_id = r.task_id
join leasehold.lease l on l.tenant_id = r.tenant_id and l.run_id = r.run_id
where r.tenant_id = :tenant and r.run_id = :run_id
