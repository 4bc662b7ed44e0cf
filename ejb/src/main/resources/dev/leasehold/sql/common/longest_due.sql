select min(due_at) as due_at from leasehold.run where due_at is not null
