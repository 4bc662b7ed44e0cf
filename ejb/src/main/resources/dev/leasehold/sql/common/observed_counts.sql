select
  (select count(*) from leasehold.wait w where w.tenant_id = :tenant and w.run_id = :run_id) as waits,
  (select count(*) from leasehold.wait w where w.tenant_id = :tenant and w.run_id = :run_id and w.blocks) as active_waits,
  (select count(*) from leasehold.dead_letter d where d.tenant_id = :tenant and d.run_id = :run_id) as dead_letters,
  (select count(*) from leasehold.audit_record a where a.tenant_id = :tenant and a.run_id = :run_id) as audit_records
