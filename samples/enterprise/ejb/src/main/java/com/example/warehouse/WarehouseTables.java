package com.example.warehouse;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the application's own tables up to date, with a Flyway history of its own in a schema that others may use too. */
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class WarehouseTables {

    @Resource(lookup = "java:app/jdbc/Leasehold")
    private DataSource dataSource;

    @PostConstruct
    void migrate() {
        Flyway.configure(WarehouseTables.class.getClassLoader())
                .dataSource(dataSource)
                .table("warehouse_schema_history")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }
}
