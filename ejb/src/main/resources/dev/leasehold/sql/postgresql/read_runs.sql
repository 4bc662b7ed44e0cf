-- each row is looked for by its key: a join would be planned by the numbers of rows that there were once
select
  r.tenant_id, r.run_id, r.task_id, r.state, r.held, r.holds, r.waits, r.again, r.expires_at, r.due_at, r.priority, r.fence, r.version, r.pos, r.last_event_at,
  r.attempts_started, r.attempts_suspended, r.lane_id, r.scheduled_at, a.capabilities,
  l.owner, l.fence as lease_fence, coalesce(n.expiry, l.expiry) as expiry, l.attempt_id, l.attempt_number, l.started_at,
  l.deadline,
  t.type, t.priority as task_priority, t.max_attempts, t.timeout_micros,
  t.backoff_strategy, t.backoff_delay_micros, t.backoff_factor, t.backoff_max_delay_micros, t.backoff_jitter
from unnest(:run_ids) k (run_id)
cross join lateral (
  select * from leasehold.run r where r.tenant_id = :tenant and r.run_id = k.run_id limit 1) r
cross join lateral (
  select * from leasehold.task t where t.tenant_id = :tenant and t.task_id = r.task_id limit 1) t
cross join lateral (
  select * from leasehold.lane a where a.tenant_id = :tenant and a.lane_id = r.lane_id limit 1) a
left join lateral (
  select * from leasehold.lease l where l.tenant_id = :tenant and l.run_id = r.run_id limit 1) l on true
left join lateral (
  select * from leasehold.node n where n.node_id = l.node_id limit 1) n on true
order by r.run_id
