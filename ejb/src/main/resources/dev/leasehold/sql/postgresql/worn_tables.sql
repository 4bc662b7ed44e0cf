-- of 80 MB and more autovacuum keeps up by itself
select s.relname
from pg_stat_user_tables s
join pg_class c on c.oid = s.relid
where s.schemaname = :schema and s.relname = :table
  and s.n_dead_tup >= :dead and 2 * s.n_dead_tup >= s.n_live_tup and s.n_ins_since_vacuum >= :dead
  and pg_relation_size(c.oid) < 80 * 1024 * 1024
  and pg_has_role(c.relowner, :usage)
