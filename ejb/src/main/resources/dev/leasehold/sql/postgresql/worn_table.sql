-- a vacuum reads the table's indexes whole, however few of their rows are left
select s.n_tup_del
from pg_stat_user_tables s
join pg_class c on c.oid = s.relid
where s.schemaname = :schema and s.relname = :table
  and s.n_dead_tup >= greatest(
    :dead, (select sum(i.relpages) from pg_index x join pg_class i on i.oid = x.indexrelid where x.indrelid = c.oid))
  and 2 * s.n_dead_tup >= s.n_live_tup
  and s.n_tup_del - case when s.n_tup_del < :deleted_before then 0 else :deleted_before end >= greatest(:dead, s.n_dead_tup / 2)
  and pg_has_role(c.relowner, :usage)
