select current_user as role, current_database() as database, pg_has_role(current_user, :role, :privilege) as sees
