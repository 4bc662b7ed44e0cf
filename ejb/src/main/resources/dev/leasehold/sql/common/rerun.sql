insert into leasehold.rerun (tenant_id, run_id, rerun_of, dead_letter_id)
values (
  :tenant, :run_id, :rerun_of,
  coalesce(
    (
      select d.dead_letter_id
      from leasehold.dead_letter d
      where d.tenant_id = :tenant and d.run_id = :rerun_of and d.source_type = :source_type
      order by d.created_at
      limit 1),
    (
      select x.dead_letter_id
      from leasehold.rerun x
      where x.tenant_id = :tenant and x.run_id = :rerun_of)))
