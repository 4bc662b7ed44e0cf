update leasehold.node
set looks_asked = looks_asked + 1
where node_id <> :asker and expiry > :now
