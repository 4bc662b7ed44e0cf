update leasehold.tally_floor set place = :floor
