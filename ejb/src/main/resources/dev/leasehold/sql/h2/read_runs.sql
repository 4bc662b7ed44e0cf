select
  r.tenant_id, r.run_id, r.task_id, r.state, r.held, r.holds, r.waits, r.again, r.expires_at, r.due_at, r.priority, r.fence, r.version, r.pos, r.last_event_at,
  r.attempts_started, r.attempts_suspended, r.lane_id, r.scheduled_at, a.capabilities,
  l.owner, l.fence as lease_fence, coalesce(n.expiry, l.expiry) as expiry, l.attempt_id, l.attempt_number, l.started_at,
  l.deadline,
  t.type, t.priority as task_priority, t.max_attempts, t.timeout_micros,
  t.backoff_strategy, t.backoff_delay_micros, t.backoff_factor, t.backoff_max_delay_micros, t.backoff_jitter
from unnest(:run_ids) k (run_id)
join leasehold.run r on r.tenant_id = :tenant and r.run_id = k.run_id
join leasehold.task t on t.tenant_id = r.tenant_id and t.task_id = r.task_id
join leasehold.lane a on a.tenant_id = r.tenant_id and a.lane_id = r.lane_id
left join leasehold.lease l on l.tenant_id = r.tenant_id and l.run_id = r.run_id
left join leasehold.node n on n.node_id = l.node_id
order by r.run_id
