update leasehold.dead_letter
set status = :resolved, operator_disposition = :disposition, disposition_reason = null, disposition_actor = :actor,
  disposition_at = :now, updated_at = :now
where tenant_id = :tenant and run_id = :run_id and source_type = :source_type and status = :open
  and (cast(:wait_id as varchar(200)) is null or source_id = :wait_id)
