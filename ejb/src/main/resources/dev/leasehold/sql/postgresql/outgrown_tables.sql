-- pages are what an analyze or a vacuum saw last; of 80 MB and more autovacuum keeps up by itself
select c.relname as name
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = :schema and c.relkind = cast(:table as "char") and c.relpages < 10240
  and pg_relation_size(c.oid) > 2 * greatest(c.relpages, 4) * cast(current_setting(:page) as bigint)
  and pg_has_role(c.relowner, :usage)
order by random()
limit :max
