select
  f.fingerprint, f.letters, f.first_seen, f.last_seen, f.recent,
  (select d.dead_letter_id from leasehold.dead_letter d
   where d.tenant_id = :tenant and d.fingerprint = f.fingerprint
     and d.status in ('open', 'retry_requested', 'retrying', 'exhausted')
   order by d.created_at desc, d.dead_letter_id desc limit 1) as newest
from (
  select d.fingerprint, count(*) as letters, min(d.created_at) as first_seen, max(d.failed_at) as last_seen,
    count(case when d.failed_at > :since then 1 end) as recent
  from leasehold.dead_letter d
  where d.tenant_id = :tenant
    and d.status in ('open', 'retry_requested', 'retrying', 'exhausted')
  group by d.fingerprint
  order by max(d.failed_at) desc, d.fingerprint
  limit :max) f
order by f.last_seen desc, f.fingerprint