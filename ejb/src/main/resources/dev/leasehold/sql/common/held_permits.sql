select h.permit_id, h.run_id, h.fence, p.scope, r.attempts_started, t.hold_policy
from leasehold.permit_holder h
join leasehold.permit p on p.tenant_id = h.tenant_id and p.permit_id = h.permit_id
join leasehold.run r on r.tenant_id = h.tenant_id and r.run_id = h.run_id
join leasehold.task t on t.tenant_id = r.tenant_id and t.task_id = r.task_id
where h.tenant_id = :tenant and h.run_id = any (:run_ids) and h.until is null
order by h.permit_id, h.run_id
