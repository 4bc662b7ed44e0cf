with input as materialized (
  select n.run_id, n.owner, n.fence, n.attempt_id
  from unnest(cast(:run_ids as uuid[]), cast(:owners as varchar[]), cast(:fences as bigint[]), cast(:attempt_ids as uuid[]))
    as n (run_id, owner, fence, attempt_id)
),
locked as materialized (
  select r.run_id
  from leasehold.run r
  where r.tenant_id = :tenant and r.run_id = any (cast(:run_ids as uuid[]))
  order by r.run_id
  for update
),
granted as materialized (
  select l.run_id, i.fence, i.attempt_id
  from leasehold.lease l
  join input i on i.run_id = l.run_id
  where l.tenant_id = :tenant
    and l.run_id = any (array (select run_id from locked))
    and l.fence = i.fence and l.owner = i.owner and l.attempt_id is null
),
started as (
  update leasehold.run r
  set state = 'Running',
      attempts_started = r.attempts_started + 1,
      expires_at = null,
      version = r.version + 1,
      pos = greatest(r.pos, (select base + cast(cast(pg_current_xact_id() as text) as bigint) from leasehold.position_base)),
      last_event_at = greatest(r.last_event_at, :now)
  from granted g
  where r.tenant_id = :tenant and r.run_id = any (array (select run_id from granted))
    and r.run_id = g.run_id and r.fence = g.fence and r.state = 'Leased'
  returning r.run_id, r.task_id, r.fence, r.version, r.pos, r.last_event_at, r.attempts_started, g.attempt_id
),
timed as materialized (
  select
    s.*,
    cast(:now as timestamp with time zone) + make_interval(secs => t.timeout_micros / 1000000.0) as deadline
  from started s
  cross join lateral (
    select * from leasehold.task t where t.tenant_id = :tenant and t.task_id = s.task_id limit 1) t
),
leases as (
  update leasehold.lease l
  set attempt_id = s.attempt_id, attempt_number = s.attempts_started, started_at = :now, updated_at = :now,
      deadline = s.deadline, expiry = least(l.expiry, s.deadline + make_interval(secs => :grace_micros / 1000000.0))
  from timed s
  where l.tenant_id = :tenant and l.run_id = any (array (select run_id from timed)) and l.run_id = s.run_id
),
events as (
  insert into leasehold.event (
    tenant_id, run_id, version, pos, type, occurred_at, actor, transitions, fence, attempt_id, attempt_number)
  select
    :tenant, s.run_id, s.version, s.pos, 'run.started', s.last_event_at, :actor, 'Leased>Running',
    s.fence, s.attempt_id, s.attempts_started
  from started s
),
tallied as (
  insert into leasehold.tally (tenant_id, place, pos, attempts, leased, running)
  select :tenant, max(s.pos), max(s.pos), count(*), - count(*), count(*)
  from started s
  having count(*) > 0
)
select run_id, attempts_started, deadline from timed
