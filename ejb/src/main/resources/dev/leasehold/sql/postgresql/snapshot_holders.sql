select *
from (
  select a.pid, a.datname, a.usename, a.application_name, a.state, coalesce(a.backend_type = :walsender, false) as standby,
    greatest(age(a.backend_xid), case when a.datid is null or a.datname = current_database() then age(a.backend_xmin) end) as age,
    (extract(epoch from clock_timestamp() - a.xact_start) * 1000000)::bigint as open_micros
  from pg_stat_activity a
  where a.pid <> pg_backend_pid()
    and not exists (select from pg_stat_progress_vacuum v where v.pid = a.pid)
) held
where age is not null
order by age desc, open_micros desc nulls last, pid
limit :most
