select run_id, task_id, priority, scheduled_at, fence, version, pos, last_event_at, attempts_started, holds
from leasehold.run
where claim_lane = :lane and (expires_at is null or expires_at > :now)
order by claim_lane, priority desc, scheduled_at, run_id
limit :max
