select relname, n_dead_tup
from pg_stat_user_tables
where schemaname = :schema and relname in (:ready, :leases)
