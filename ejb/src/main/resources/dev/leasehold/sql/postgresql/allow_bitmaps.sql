select set_config(:setting, :value, true)
