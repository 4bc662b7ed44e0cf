select
  coalesce(max(pos), 0) as pos,
  coalesce(sum(tasks), 0) as tasks,
  coalesce(sum(attempts), 0) as attempts,
  coalesce(sum(scheduled), 0) as scheduled,
  coalesce(sum(ready), 0) as ready,
  coalesce(sum(leased), 0) as leased,
  coalesce(sum(running), 0) as running,
  coalesce(sum(retry_wait), 0) as retry_wait,
  coalesce(sum(suspended), 0) as suspended,
  coalesce(sum(completed), 0) as completed,
  coalesce(sum(failed), 0) as failed,
  coalesce(sum(canceled), 0) as canceled
from leasehold.tally
where place >= (select f.place from leasehold.tally_floor f) and (:everybody or tenant_id = :tenant)
