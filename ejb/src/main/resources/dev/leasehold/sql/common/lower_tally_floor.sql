update leasehold.tally_floor set place = 0 where place > :horizon
