insert into leasehold.attempt (
  tenant_id, run_id, number, attempt_id, owner, fence, started_at, finished_at, result, error,
  output_content_type, output_form, output, outcome_digest, led_to)
values (
  :tenant, :run_id, :attempt_number, :attempt_id, :owner, :fence, :started_at, :finished_at, :result, :error,
  :output_content_type, :output_form, :output, :outcome_digest, :target)
