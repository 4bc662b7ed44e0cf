insert into leasehold.lane (tenant_id, queue, type, requires, capabilities, queue_permit, type_permit)
values (
  :tenant, :queue, :type, :requires, :capabilities,
  (select p.permit_id from leasehold.permit p
   where p.tenant_id = :tenant and p.scope = :queue_scope and p.name = :queue and p.most is not null),
  (select p.permit_id from leasehold.permit p
   where p.tenant_id = :tenant and p.scope = :type_scope and p.name = :type and p.most is not null))
