update leasehold.position_base
set base = (select max(pos) from leasehold.event) - cast(cast(pg_current_xact_id() as text) as bigint) + 1
where exists (
  select 1 from leasehold.event e
  where e.pos >= base + cast(cast(pg_current_xact_id() as text) as bigint))
