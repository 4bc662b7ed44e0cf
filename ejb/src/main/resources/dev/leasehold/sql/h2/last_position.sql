select coalesce(max(pos), 0) from leasehold.event
