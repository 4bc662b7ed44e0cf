update leasehold.position_base
set base = (select max(pos) from leasehold.event) + 1
  - cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint)
where exists (
  select 1 from leasehold.event e
  where e.pos >= base + cast(cast(pg_snapshot_xmax(pg_current_snapshot()) as text) as bigint))
