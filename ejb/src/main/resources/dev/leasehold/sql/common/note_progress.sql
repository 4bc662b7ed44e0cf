update leasehold.lease
set progress_percent = :percent, progress_message = :message, progress_at = :now
where tenant_id = :tenant and run_id = :run_id and fence = :fence
