select state, count(*) from leasehold.run group by state
