insert into leasehold.dead_letter (
  tenant_id, dead_letter_id, source_type, source_id, run_id, task_id, reason, status, attempts, created_at, updated_at,
  retry_dispatch_count, fingerprint, failed_at)
select
  r.tenant_id, cast(:dead_letter_id as varchar(200)), cast(:source_type as varchar(16)), cast(:source_id as varchar(200)),
  r.run_id, r.task_id, cast(:reason as varchar(8000)), cast(:status as varchar(15)), r.attempts_started,
  cast(:now as timestamp(6) with time zone), cast(:now as timestamp(6) with time zone), 0,
  cast(:fingerprint as varchar(16)), cast(:now as timestamp(6) with time zone)
from leasehold.run r
where r.tenant_id = :tenant and r.run_id = :run_id
