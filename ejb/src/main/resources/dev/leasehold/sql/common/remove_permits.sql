delete from leasehold.permit
where used = 0 and (tenant_id, permit_id) in (
  select t.tenant_id, t.task_permit
  from leasehold.task t
  where t.tenant_id = :tenant and t.task_id = any (:task_ids) and t.task_permit is not null)
