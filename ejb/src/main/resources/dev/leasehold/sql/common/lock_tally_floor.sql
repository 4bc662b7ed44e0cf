select place
from leasehold.tally_floor
for update skip locked
