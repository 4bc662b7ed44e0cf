select age(datfrozenxid) as transactions, mxid_age(datminmxid) as multixacts
from pg_database
where datname = current_database()
