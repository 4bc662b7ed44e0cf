select
  (select sum(numbackends) from pg_stat_database) as everybody,
  (select count(*) from pg_stat_activity where usename = current_user and datname = current_database()) as ours
