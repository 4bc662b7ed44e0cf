insert into leasehold.task (
  tenant_id, task_id, type, queue, payload_content_type, payload_form, payload, run_policy, max_attempts,
  backoff_strategy, backoff_delay_micros, backoff_factor, backoff_max_delay_micros, backoff_jitter,
  timeout_micros, safety_level, tags, priority, description, digest, submitted_by, created_at)
values (
  :tenant, :task_id, :type, :queue, :payload_content_type, :payload_form, :payload, :run_policy, :max_attempts,
  :backoff_strategy, :backoff_delay, :backoff_factor, :backoff_max_delay, :backoff_jitter,
  :timeout, :safety_level, :tags, :priority, :description, :digest, :actor, :now)
