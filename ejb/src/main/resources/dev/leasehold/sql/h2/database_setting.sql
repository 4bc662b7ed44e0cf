select setting_value from information_schema.settings where setting_name = :name
