update leasehold.schedule
set version = version + 1, expression = :expression, time_zone = :time_zone, dst_gap = :dst_gap,
  dst_overlap = :dst_overlap, misfire_most = :misfire_most, misfire_merged = :misfire_merged,
  misfire_after_micros = :misfire_after, overlap = :overlap, max_occurrences = :max_occurrences,
  instants = :instants, next_at = :next_at, wake_at = :wake_at, catch_up = :catch_up
where tenant_id = :tenant and task_id = :task_id
