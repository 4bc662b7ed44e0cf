select r.run_id, r.task_id, r.version, r.pos, r.state, r.attempts_started
from unnest(:run_ids) k (run_id)
join leasehold.run r on r.tenant_id = :tenant and r.run_id = k.run_id
where r.state in ('Completed', 'Failed', 'Canceled') and r.last_event_at < :ended_before
  and r.task_id = any (:task_ids)
  and not exists (
    select 1
    from leasehold.task t
    join leasehold.unique_task u on u.tenant_id = t.tenant_id and u.type = t.type and u.unique_key = t.unique_key
    where t.tenant_id = r.tenant_id and t.task_id = r.task_id and u.task_id = t.task_id
      and u.lasts = :forever and (u.lapses_at is null or u.lapses_at > :now))
  and not exists (
    select 1
    from leasehold.dead_letter l
    where l.tenant_id = r.tenant_id and l.run_id = r.run_id and not l.status = any (:settled))
order by r.run_id
for update skip locked
