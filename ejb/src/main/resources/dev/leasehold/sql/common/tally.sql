insert into leasehold.tally (
  tenant_id, place, pos, tasks, attempts,
  scheduled, ready, leased, running, retry_wait, suspended, completed, failed, canceled)
values (
  :tenant, :place, :pos, :tasks, :attempts,
  :scheduled, :ready, :leased, :running, :retry_wait, :suspended, :completed, :failed, :canceled)
