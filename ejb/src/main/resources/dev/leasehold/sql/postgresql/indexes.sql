select c.relname, i.indisvalid and i.indisready as valid, p.pid is not null as under_way
from pg_index i
join pg_class c on c.oid = i.indexrelid
join pg_namespace n on n.oid = c.relnamespace
left join pg_stat_progress_create_index p on p.index_relid = i.indexrelid
where n.nspname = :schema
order by c.relname
