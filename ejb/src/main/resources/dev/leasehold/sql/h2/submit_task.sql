insert into leasehold.task (
  tenant_id, task_id, type, queue, payload_content_type, payload_form, payload, run_policy, max_attempts,
  backoff_strategy, backoff_delay_micros, backoff_factor, backoff_max_delay_micros, backoff_jitter,
  timeout_micros, safety_level, tags, priority, description, digest, submitted_by, created_at,
  concurrency_key, hold_policy, capabilities, key_permit, rate_name, rate_limit, rate_period_micros, rate_permit,
  unique_key, unique_until, unique_period_micros, unique_on_conflict, expires_at)
values (
  :tenant, :task_id, :type, :queue, :payload_content_type, :payload_form, :payload, :run_policy, :max_attempts,
  :backoff_strategy, :backoff_delay, :backoff_factor, :backoff_max_delay, :backoff_jitter,
  :timeout, :safety_level, :tags, :priority, :description, :digest, :actor, :now,
  :concurrency_key, :hold_policy, :capabilities, :key_permit, :rate_name, :rate_limit, :rate_period, :rate_permit,
  :unique_key, :unique_until, :unique_period, :unique_on_conflict, :expires_at)
