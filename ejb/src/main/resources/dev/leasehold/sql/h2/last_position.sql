select greatest(
  (select coalesce(max(pos), 0) from leasehold.event),
  (select coalesce(max(removed_pos), 0) from leasehold.tenant))
