insert into leasehold.permit (tenant_id, scope, name, most, used, fence, period_micros, waiting)
values (:tenant, :scope, :name, :most, 0, 0, :period, false)
