select run_id, task_id, priority, scheduled_at, fence, version, pos, last_event_at, attempts_started
from leasehold.run
where claim_lane = :lane
order by claim_lane, priority desc, scheduled_at, run_id
limit :max
