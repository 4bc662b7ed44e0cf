select set_config(p.name, p.setting, true)
from unnest(cast(:names as varchar[]), cast(:settings as varchar[])) as p (name, setting)
