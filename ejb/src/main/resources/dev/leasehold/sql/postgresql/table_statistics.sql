select s.relname, s.n_live_tup, s.n_dead_tup, greatest(s.last_vacuum, s.last_autovacuum) as vacuumed_at,
  greatest(s.last_analyze, s.last_autoanalyze) as analyzed_at, o.option_value
from pg_stat_user_tables s
join pg_class c on c.oid = s.relid
left join lateral pg_options_to_table(c.reloptions) o on o.option_name = :option
where s.schemaname = :schema
order by s.relname
