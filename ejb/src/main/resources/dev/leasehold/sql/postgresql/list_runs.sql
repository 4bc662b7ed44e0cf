-- of each place where runs of these states stand the first ones, and of those the first: nothing that is complete is looked at.
-- offset 0 keeps each task looked for by its key: it might be planned to read all of them
with lanes as materialized (
  select l.lane_id
  from leasehold.lane l
  where l.tenant_id = :tenant and (:any_type or l.type = :type) and (:any_queue or l.queue = :queue)
),
aside as (
  select h.scheduled_at, h.run_id
  from unnest(cast(:states as varchar[])) s (state)
  cross join lateral (
    select r.scheduled_at, r.run_id
    from leasehold.run r
    where r.tenant_id = :tenant and r.aside = s.state and (r.scheduled_at, r.run_id) > (:after_at, :after_run)
      and r.lane_id = any (array (select lane_id from lanes))
      and (:any_task or exists (
        select 1 from leasehold.task t
        where t.tenant_id = :tenant and t.task_id = r.task_id
          and (:any_key or t.concurrency_key = :key) and (:any_tag or t.tags like :tag escape :escape)
        offset 0))
    order by r.scheduled_at, r.run_id
    limit :max) h
),
ready as (
  select q.scheduled_at, q.run_id
  from leasehold.ready q
  where :ready and q.tenant_id = :tenant and (q.scheduled_at, q.run_id) > (:after_at, :after_run)
    and q.lane_id = any (array (select lane_id from lanes))
    and (:any_task or exists (
      select 1 from leasehold.run r
      join leasehold.task t on t.tenant_id = r.tenant_id and t.task_id = r.task_id
      where r.tenant_id = :tenant and r.run_id = q.run_id
        and (:any_key or t.concurrency_key = :key) and (:any_tag or t.tags like :tag escape :escape)
        offset 0))
  order by q.scheduled_at, q.run_id
  limit :max
),
held as (
  select r.scheduled_at, r.run_id
  from leasehold.lease k
  cross join lateral (
    select * from leasehold.run r where r.tenant_id = :tenant and r.run_id = k.run_id limit 1) r
  where :leased and k.tenant_id = :tenant and r.state = any (cast(:states as varchar[])) and (r.scheduled_at, r.run_id) > (:after_at, :after_run)
    and r.lane_id = any (array (select lane_id from lanes))
    and (:any_task or exists (
      select 1 from leasehold.task t
      where t.tenant_id = :tenant and t.task_id = r.task_id
        and (:any_key or t.concurrency_key = :key) and (:any_tag or t.tags like :tag escape :escape)
        offset 0))
  order by r.scheduled_at, r.run_id
  limit :max
)
select f.scheduled_at, f.run_id
from (select * from aside union all select * from ready union all select * from held) f
order by f.scheduled_at, f.run_id
limit :max
