select h.permit_id, h.run_id, h.fence, p.scope, r.attempts_started, t.hold_policy
from unnest(:run_ids) k (run_id)
join leasehold.permit_holder h on h.tenant_id = :tenant and h.run_id = k.run_id
join leasehold.permit p on p.tenant_id = h.tenant_id and p.permit_id = h.permit_id
join leasehold.run r on r.tenant_id = h.tenant_id and r.run_id = h.run_id
join leasehold.task t on t.tenant_id = r.tenant_id and t.task_id = r.task_id
where h.until is null
order by h.permit_id, h.run_id
