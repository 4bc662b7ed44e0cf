package com.example.warehouse;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the application's own tables up to date, in a schema and with a Flyway history of its own. */
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
                .schemas("warehouse")
                .load()
                .migrate();
    }
}
