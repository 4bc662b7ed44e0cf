select base + cast(cast(pg_current_xact_id() as text) as bigint)
from leasehold.position_base
