with gone as (
  delete from leasehold.tally
  where place >= :floor and place < :below
  returning *
)
select
  tenant_id, max(pos) as pos,
  sum(tasks) as tasks, sum(attempts) as attempts, sum(scheduled) as scheduled, sum(ready) as ready,
  sum(leased) as leased, sum(running) as running, sum(retry_wait) as retry_wait, sum(suspended) as suspended,
  sum(completed) as completed, sum(failed) as failed, sum(canceled) as canceled
from gone
group by tenant_id
