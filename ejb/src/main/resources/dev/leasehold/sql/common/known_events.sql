select run_id, event_id, version
from leasehold.event_data
where tenant_id = :tenant and run_id = any (:run_ids) and event_id = any (:event_ids)
