select slot_name, active_pid, age(xmin) as age
from pg_replication_slots
where xmin is not null
order by age desc, slot_name
limit :most
