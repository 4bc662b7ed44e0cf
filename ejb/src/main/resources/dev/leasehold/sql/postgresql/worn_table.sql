-- statistics may have been reset since, and then count from nothing
select s.n_tup_del
from pg_stat_user_tables s
join pg_class c on c.oid = s.relid
where s.schemaname = :schema and s.relname = :table
  and s.n_dead_tup >= :dead and 2 * s.n_dead_tup >= s.n_live_tup
  and s.n_tup_del - case when s.n_tup_del < :deleted_before then 0 else :deleted_before end >= greatest(:dead, s.n_dead_tup / 2)
  and pg_has_role(c.relowner, :usage)
