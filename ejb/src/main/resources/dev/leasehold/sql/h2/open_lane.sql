insert into leasehold.lane (tenant_id, queue, type) values (:tenant, :queue, :type)
