select gid, database, owner, age(transaction) as age,
  (extract(epoch from clock_timestamp() - prepared) * 1000000)::bigint as open_micros
from pg_prepared_xacts
order by age desc, gid
limit :most
