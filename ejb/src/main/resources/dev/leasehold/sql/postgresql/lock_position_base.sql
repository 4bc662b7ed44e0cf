select base
from leasehold.position_base
for update
