insert into leasehold.schedule (
  tenant_id, task_id, version, expression, time_zone, dst_gap, dst_overlap, misfire_most, misfire_merged,
  misfire_after_micros, overlap, repeat_interval_micros, max_occurrences, queue, lane_id, priority, instants, next_at,
  wake_at, catch_up)
values (
  :tenant, :task_id, 1, :expression, :time_zone, :dst_gap, :dst_overlap, :misfire_most, :misfire_merged,
  :misfire_after, :overlap, :repeat_interval, :max_occurrences, :queue, :lane, :priority, :instants, :next_at,
  :wake_at, :catch_up)
