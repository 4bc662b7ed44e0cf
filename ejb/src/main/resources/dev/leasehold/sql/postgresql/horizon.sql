select base + cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint)
from leasehold.position_base
