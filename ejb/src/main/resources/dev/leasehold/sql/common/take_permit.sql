insert into leasehold.permit_holder (tenant_id, permit_id, run_id, fence, permit_fence, taken_at, until)
values (:tenant, :permit, :run_id, :fence, :permit_fence, :now, :until)
