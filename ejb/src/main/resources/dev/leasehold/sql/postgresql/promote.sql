with due as materialized (
  select d.ctid as place, d.tenant_id, d.run_id, d.state
  from leasehold.run d
  where d.due_at <= :now
    and not d.tenant_id = any (array (select p.tenant_id from leasehold.pause p where p.queue = :everything))
    and not exists (select 1 from leasehold.paused_task p where p.tenant_id = d.tenant_id and p.task_id = d.task_id)
  order by d.due_at, d.run_id
  limit :max
  for update skip locked
),
promoted as (
  update leasehold.run r
  set state = 'Ready',
      claim_lane = case when not r.held and not r.waits then r.lane_id end,
      due_at = null,
      priority = case
        when r.state = 'Scheduled' then
          (select t.priority from leasehold.task t where t.tenant_id = r.tenant_id and t.task_id = r.task_id)
        else r.priority
      end,
      version = r.version + 1,
      pos = greatest(r.pos, (select base + cast(cast(pg_current_xact_id() as text) as bigint) from leasehold.position_base)),
      last_event_at = greatest(r.last_event_at, :now)
  where r.ctid = any (array (select place from due)) and r.due_at <= :now
  returning
    r.tenant_id, r.run_id, r.version, r.pos, r.last_event_at, r.priority, r.claim_lane, r.scheduled_at
),
events as (
  insert into leasehold.event (
    tenant_id, run_id, version, pos, type, occurred_at, actor, transitions, priority)
  select
    p.tenant_id, p.run_id, p.version, p.pos,
    case when d.state = 'Suspended' then 'run.resumed' else 'run.promoted' end, p.last_event_at, :actor, d.state || '>Ready', p.priority
  from promoted p
  join due d on d.tenant_id = p.tenant_id and d.run_id = p.run_id
),
tallied as (
  insert into leasehold.tally (tenant_id, place, pos, scheduled, ready, retry_wait, suspended)
  select
    p.tenant_id, max(p.pos), max(p.pos), - count(*) filter (where d.state = 'Scheduled'), count(*),
    - count(*) filter (where d.state = 'RetryWait'), - count(*) filter (where d.state = 'Suspended')
  from promoted p
  join due d on d.tenant_id = p.tenant_id and d.run_id = p.run_id
  group by p.tenant_id
)
select distinct on (p.claim_lane)
  p.claim_lane as lane_id, p.priority, p.scheduled_at, p.run_id, count(*) over (partition by p.claim_lane) as promoted
from promoted p
order by p.claim_lane, ~ p.priority, p.scheduled_at, p.run_id
