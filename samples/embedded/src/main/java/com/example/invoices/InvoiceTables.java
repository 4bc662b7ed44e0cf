package com.example.invoices;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the application's own tables up to date, with its own Flyway history, in a schema that others may use too. */
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class InvoiceTables {

    @Resource(lookup = "java:app/jdbc/Leasehold")
    private DataSource dataSource;

    @PostConstruct
    void migrate() {
        Flyway.configure(InvoiceTables.class.getClassLoader())
                .dataSource(dataSource)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }
}
