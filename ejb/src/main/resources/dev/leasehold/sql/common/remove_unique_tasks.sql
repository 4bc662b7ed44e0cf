delete from leasehold.unique_task
where (tenant_id, type, unique_key, task_id) in (
  select t.tenant_id, t.type, t.unique_key, t.task_id
  from leasehold.task t
  where t.tenant_id = :tenant and t.task_id = any (:task_ids) and t.unique_key is not null)
