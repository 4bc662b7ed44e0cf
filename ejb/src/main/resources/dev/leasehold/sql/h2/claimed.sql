select
  r.run_id, r.task_id, r.fence, r.attempts_started, r.attempts_suspended,
  t.type, n.queue, t.payload_content_type, t.payload_form, t.payload, t.max_attempts, t.timeout_micros, t.safety_level,
  t.concurrency_key, t.hold_policy, t.capabilities, t.tags, t.description,
  t.backoff_strategy, t.backoff_delay_micros, t.backoff_factor, t.backoff_max_delay_micros, t.backoff_jitter,
  (
    select h.permit_fence
    from leasehold.permit_holder h
    join leasehold.permit p on p.tenant_id = h.tenant_id and p.permit_id = h.permit_id
    where h.tenant_id = :tenant and h.permit_id = t.key_permit and h.run_id = r.run_id and p.most <= 1) as key_fence,
  l.owner, l.expiry, l.attempt_id, l.deadline, l.started_at,
  cast(null as timestamp with time zone) as ready_at
from unnest(:run_ids) k (run_id)
join leasehold.lease l on l.tenant_id = :tenant and l.run_id = k.run_id
join leasehold.run r on r.tenant_id = l.tenant_id and r.run_id = l.run_id
join leasehold.lane n on n.tenant_id = r.tenant_id and n.lane_id = r.lane_id
join leasehold.task t on t.tenant_id = r.tenant_id and t.task_id = r.task_id
