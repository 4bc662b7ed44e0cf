update leasehold.position_base
set base = greatest((select max(pos) from leasehold.event), (select max(removed_pos) from leasehold.tenant)) + 1
  - cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint)
where exists (
  select 1 from leasehold.event e
  where e.pos >= base + cast(cast(pg_snapshot_xmax(pg_current_snapshot()) as text) as bigint))
  or exists (
  select 1 from leasehold.tenant t
  where t.removed_pos >= base + cast(cast(pg_snapshot_xmax(pg_current_snapshot()) as text) as bigint))
