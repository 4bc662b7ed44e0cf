select name, setting, source from pg_settings where name = any (:names)
