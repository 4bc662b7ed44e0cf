select set_config(:durability, :lazy, true), pg_notify(:channel, :word)
