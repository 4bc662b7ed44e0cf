listen leasehold
